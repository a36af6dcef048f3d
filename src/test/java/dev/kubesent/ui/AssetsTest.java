package dev.kubesent.ui;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The files of the page: short, without a build, without a network, and never making markup of text. */
class AssetsTest {

    private static final Path FOLDER = Path.of("src/main/resources/ui");

    /** Every way of a browser to make markup or code of a text. */
    private static final Pattern MARKUP = Pattern.compile(
            "innerHTML|outerHTML|insertAdjacentHTML|document\\.write|createContextualFragment|DOMParser|setHTML|srcdoc|\\beval\\b|new"
                    + " Function|javascript:|setTimeout\\(\\s*[\"'`]");

    private static final Pattern LINKED = Pattern.compile("(?:from|src=|href=)\\s*\"(/ui/[^\"]+|\\./[^\"]+)\"");

    @Test
    void every_file_is_served_and_every_link_leads_to_one() throws IOException {
        int links = 0;
        for (var file : files()) {
            var served = file.getFileName().toString().equals("index.html") ? "/" : "/ui/" + file.getFileName();
            assertThat(Assets.at(served)).as(served).isPresent();
            var matcher = LINKED.matcher(Files.readString(file));
            while (matcher.find()) {
                links++;
                assertThat(Assets.at(matcher.group(1).replaceFirst("^\\./", "/ui/")))
                        .as(file + " links to " + matcher.group(1))
                        .isPresent();
            }
        }
        assertThat(links).isGreaterThanOrEqualTo(12);
    }

    @Test
    void nothing_makes_markup_of_text_and_nothing_is_loaded_from_elsewhere() throws IOException {
        for (var file : files()) {
            var text = Files.readString(file);
            assertThat(MARKUP.matcher(text).find()).as(file.toString()).isFalse();
            assertThat(text.replace("http://www.w3.org/2000/svg", ""))
                    .as(file.toString())
                    .doesNotContain("http://", "https://", "@import", "url(");
            assertThat(text.lines().count()).as(file.toString()).isLessThanOrEqualTo(300);
        }
    }

    @Test
    void the_page_has_no_script_and_no_style_within_it() {
        var page = new String(Assets.at("/").orElseThrow().body(), UTF_8);

        assertThat(Pattern.compile("<script(?![^>]*\\ssrc=)|<style|\\sstyle=|\\son\\w+=")
                        .matcher(page)
                        .find())
                .isFalse();
    }

    private static List<Path> files() throws IOException {
        try (var files = Files.list(FOLDER)) {
            var all = files.toList();
            assertThat(all).hasSizeGreaterThanOrEqualTo(9);
            return all;
        }
    }
}
