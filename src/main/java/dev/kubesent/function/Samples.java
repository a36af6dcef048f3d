package dev.kubesent.function;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** The files of {@code events/}, which the jar carries along. */
final class Samples {

    private Samples() {}

    /** A file by its name and content. */
    record Sample(String name, byte[] content) {
        String text() {
            return new String(content, StandardCharsets.UTF_8);
        }
    }

    /** @param pattern below {@code events/}, such as {@code *.http} */
    static List<Sample> matching(String pattern) {
        try {
            var found = new PathMatchingResourcePatternResolver().getResources("classpath*:events/" + pattern);
            return Arrays.stream(found)
                    .map(Samples::read)
                    .sorted(Comparator.comparing(Sample::name))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the jar's own events cannot be read", e);
        }
    }

    private static Sample read(Resource resource) {
        try {
            return new Sample(Objects.requireNonNullElse(resource.getFilename(), ""), resource.getContentAsByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException("the jar's own events cannot be read", e);
        }
    }
}
