package dev.kubesent.ui;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The files of the page, which are in the jar. Only these are served. */
final class Assets {

    private static final String HTML = "text/html; charset=utf-8";
    private static final String SCRIPT = "text/javascript; charset=utf-8";
    private static final String STYLE = "text/css; charset=utf-8";
    private static final String PICTURE = "image/svg+xml";

    private record Asset(String file, String type) {}

    private static final Map<String, Asset> BY_PATH = Map.of(
            "/", new Asset("index.html", HTML),
            "/ui/app.js", new Asset("app.js", SCRIPT),
            "/ui/api.js", new Asset("api.js", SCRIPT),
            "/ui/dom.js", new Asset("dom.js", SCRIPT),
            "/ui/list.js", new Asset("list.js", SCRIPT),
            "/ui/story.js", new Asset("story.js", SCRIPT),
            "/ui/plots.js", new Asset("plots.js", SCRIPT),
            "/ui/style.css", new Asset("style.css", STYLE),
            "/ui/icon.svg", new Asset("icon.svg", PICTURE));

    private Assets() {}

    /** Empty where there is none at that path. */
    static Optional<Answer> at(String path) {
        return Optional.ofNullable(BY_PATH.get(path)).map(asset -> new Answer(200, asset.type, bytes(asset.file)));
    }

    private static byte[] bytes(String file) {
        try (var in = Objects.requireNonNull(Assets.class.getResourceAsStream("/ui/" + file), file)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("the jar's file ui/" + file + " cannot be read", e);
        }
    }
}
