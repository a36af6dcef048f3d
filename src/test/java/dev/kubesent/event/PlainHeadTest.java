package dev.kubesent.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where headers are plain nobody reads them, so reading them must say the same of a pod that is well. */
class PlainHeadTest {

    private static final byte[] WELL = well();

    /** As Knative's source sends them. */
    private static final List<Header> SENT = List.of(
            new Header("Host", "kubesent.kubesent.svc.cluster.local"),
            new Header("User-Agent", "Go-http-client/1.1"),
            new Header("Content-Length", "11058"),
            new Header("Ce-Apiversion", "v1"),
            new Header("Ce-Id", "570e77ef-2cc6-4c44-9525-1"),
            new Header("Ce-Kind", "Pod"),
            new Header("Ce-Name", "web-1"),
            new Header("Ce-Namespace", "demo"),
            new Header("Ce-Source", "https://10.244.0.1:26443"),
            new Header("Ce-Specversion", "1.0"),
            new Header("Ce-Subject", "/apis/v1/namespaces/demo/pods/web-1"),
            new Header("Ce-Type", "dev.knative.apiserver.resource.update"),
            new Header("Content-Type", "application/json"),
            new Header("Kn-Namespace", "knsrc"));

    private static final List<String> NAMES = Stream.concat(
                    SENT.stream().map(Header::name),
                    Stream.of(
                            "ce-",
                            "ce",
                            "Ce-Typ",
                            "Ce-Types",
                            "CE-ID",
                            "ce_id",
                            "\u00c7e-id",
                            "ce\rid",
                            "c",
                            "",
                            "Content-Typ"))
            .toList();

    private static final List<String> VALUES = Stream.concat(
                    SENT.stream().map(Header::value),
                    Stream.of(
                            "",
                            "%41",
                            "%ff",
                            "\"Pod\"",
                            "\"1.0\"",
                            "0.3",
                            "pod",
                            "Incident",
                            "kubesent.dev/v1alpha1",
                            "dev.knative.apiserver.resource.add",
                            "dev.knative.apiserver.resource.delete",
                            "dev.knative.apiserver.ref.update",
                            "application/json; charset=utf-16",
                            "application/cloudevents+json",
                            "text/plain",
                            "\u00ff\\"))
            .toList();

    private record Header(String name, String value) {}

    @Property(tries = 20_000)
    void where_headers_are_plain_reading_them_says_the_same_of_a_pod_that_is_well(
            @ForAll("changed") List<Header> headers) {
        if (isPlain(headers)) {
            assertThat(FirstLook.at(read(headers, WELL)))
                    .as("%s", headers)
                    .contains(new Sighting.Unremarkable(Sighting.Why.HEALTHY));
        }
    }

    @Test
    void some_changes_leave_them_plain_and_some_do_not() {
        var plain = IntStream.range(0, 2000)
                .filter(seed -> isPlain(changed(new Random(seed))))
                .count();

        assertThat(plain).isBetween(200L, 1600L);
    }

    @Test
    void what_the_source_sends_is_plain_in_whatever_case_and_order() {
        assertThat(isPlain(SENT)).isTrue();
        assertThat(isPlain(SENT.reversed())).isTrue();
        assertThat(isPlain(SENT.stream()
                        .map(one -> new Header(one.name.toLowerCase(Locale.ROOT), one.value))
                        .toList()))
                .isTrue();
        assertThat(isPlain(without("Ce-Kind"))).isTrue();
        assertThat(isPlain(without("Ce-Subject"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Ce-Id", "Ce-Source", "Ce-Type", "Ce-Specversion", "Content-Type"})
    void what_an_event_needs_is_there_once_and_not_empty(String name) {
        assertThat(isPlain(without(name))).isFalse();
        assertThat(isPlain(with(name, ""))).isFalse();
        var twice = new ArrayList<>(SENT);
        twice.addAll(SENT);
        assertThat(isPlain(twice)).isFalse();
    }

    @Test
    void an_attribute_that_may_be_unreadable_is_read() {
        assertThat(isPlain(with("Ce-Subject", "%ff"))).isFalse();
        assertThat(isPlain(with("Ce-Subject", "\"quoted\""))).isFalse();
    }

    @Provide
    Arbitrary<List<Header>> changed() {
        return Arbitraries.longs().map(seed -> changed(new Random(seed)));
    }

    /** One to three changes, so that what is plain by one mistake alone is found. */
    private static List<Header> changed(Random random) {
        var headers = new ArrayList<>(SENT);
        for (int left = 1 + random.nextInt(3); left > 0; left--) {
            int at = random.nextInt(headers.size());
            var one = headers.get(at);
            var value = VALUES.get(random.nextInt(VALUES.size()));
            switch (random.nextInt(5)) {
                case 0 -> headers.remove(at);
                case 1 -> headers.set(at, new Header(one.name, value));
                case 2 -> headers.set(at, new Header(NAMES.get(random.nextInt(NAMES.size())), one.value));
                case 3 -> headers.add(at, new Header(NAMES.get(random.nextInt(NAMES.size())), value));
                default -> headers.add(headers.remove(at));
            }
        }
        return headers;
    }

    private static List<Header> without(String name) {
        return SENT.stream().filter(one -> !one.name.equals(name)).toList();
    }

    private static List<Header> with(String name, String value) {
        return SENT.stream()
                .map(one -> one.name.equals(name) ? new Header(name, value) : one)
                .toList();
    }

    private static boolean isPlain(List<Header> headers) {
        var bytes = new ByteArrayOutputStream();
        var head = new PlainHead();
        for (var one : headers) {
            int name = bytes.size();
            bytes.writeBytes(one.name.getBytes(StandardCharsets.ISO_8859_1));
            int nameEnd = bytes.size();
            bytes.write(':');
            int value = bytes.size();
            bytes.writeBytes(one.value.getBytes(StandardCharsets.ISO_8859_1));
            int valueEnd = bytes.size();
            bytes.write('\n');
            if (PlainHead.counts(bytes.toByteArray(), name, nameEnd)) {
                head.header(bytes.toByteArray(), name, nameEnd, value, valueEnd);
            }
        }
        return head.isOfAPod();
    }

    /** As the door reads them: the first of a name counts. */
    private static Request read(List<Header> headers, byte[] body) {
        var texts = new HashMap<String, String>();
        headers.forEach(one -> texts.putIfAbsent(one.name.toLowerCase(Locale.ROOT), one.value));
        return new Request(texts, body);
    }

    private static byte[] well() {
        try {
            return Files.readString(Path.of("events/08-healthy.http"))
                    .split("\n\n", 2)[1]
                    .strip()
                    .getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
