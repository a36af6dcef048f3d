package dev.kubesent.incident;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What {@code kubectl explain} says of a field: the {@code @param} of the record that has it, and told nowhere else. */
final class Descriptions {

    private static final Path SOURCES = Path.of("src/main/java");

    private final List<String> missing = new ArrayList<>();

    /** @throws AssertionError where a field has no {@code @param} */
    static void into(JSONSchemaProps schema, Class<?> record) {
        var descriptions = new Descriptions();
        descriptions.describe(schema, record);
        assertThat(descriptions.missing).as("fields without a @param").isEmpty();
    }

    private void describe(JSONSchemaProps schema, Class<?> record) {
        var javadoc = javadoc(record);
        for (var component : record.getRecordComponents()) {
            var field = schema.getProperties().get(component.getName());
            if (field == null) {
                continue;
            }
            param(javadoc, component.getName())
                    .ifPresentOrElse(
                            field::setDescription,
                            () -> missing.add(record.getSimpleName() + "." + component.getName()));
            nested(component).ifPresent(type -> describe(whole(field), type));
        }
    }

    private static JSONSchemaProps whole(JSONSchemaProps field) {
        return field.getItems() == null ? field : field.getItems().getSchema();
    }

    private static Optional<Class<?>> nested(RecordComponent component) {
        Type type = component.getGenericType() instanceof ParameterizedType list
                ? list.getActualTypeArguments()[0]
                : component.getType();
        return type instanceof Class<?> found && found.isRecord() ? Optional.of(found) : Optional.empty();
    }

    /** The comment right before the record. */
    private static String javadoc(Class<?> record) {
        try {
            var source = Files.readString(SOURCES.resolve(record.getName().replace('.', '/') + ".java"));
            var declared = Pattern.compile("\\brecord " + record.getSimpleName() + "\\(")
                    .matcher(source);
            assertThat(declared.find()).as(record.getName()).isTrue();
            var before = source.substring(0, declared.start());
            var begin = before.lastIndexOf("/**");
            return begin < 0 ? "" : before.substring(begin, before.indexOf("*/", begin));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<String> param(String javadoc, String name) {
        var found = Pattern.compile("@param " + name + "\\s+(.*?)(?=\\s*@|\\s*$)", Pattern.DOTALL)
                .matcher(javadoc.replaceAll("\\{@\\w+ #?([^}]*)}", "$1").replaceAll("(?m)^\\s*\\* ?", ""));
        return found.find() ? Optional.of(sentence(found.group(1))) : Optional.empty();
    }

    private static String sentence(String text) {
        var line = text.replaceAll("\\s+", " ").strip();
        return Character.toUpperCase(line.charAt(0)) + line.substring(1) + (line.endsWith(".") ? "" : ".");
    }
}
