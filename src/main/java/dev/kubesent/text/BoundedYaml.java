package dev.kubesent.text;

import java.util.ArrayDeque;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Looks through a YAML text event by event, which takes no stack, before anybody builds it, which does. SnakeYAML Engine has no bound
 * for depth, and allows a value that is part of itself.
 */
public final class BoundedYaml {

    /** Levels. A pod has 12; an OpenAPI schema, the deepest that Kubernetes has, some 50. */
    public static final int DEPTH = 100;

    /** Repetitions: each may double what is built. Hand-written manifests have two or three, of labels. */
    private static final int ALIASES = 10;

    private final ArrayDeque<Optional<Anchor>> open = new ArrayDeque<>();
    private int aliases;

    private BoundedYaml() {}

    /**
     * Reads it, and builds nothing.
     *
     * @throws IllegalArgumentException where it is no YAML, deeper than {@link #DEPTH}, or repeats too much or itself
     */
    public static void check(String yaml) {
        var look = new BoundedYaml();
        try {
            for (var event : new Parse(settings(yaml)).parseString(yaml)) {
                look.at(event);
            }
        } catch (YamlEngineException e) {
            throw new IllegalArgumentException(
                    "no YAML: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
                    e);
        }
    }

    /** In one piece: SnakeYAML Engine 3.0.1 fails where a piece ends in the middle of a character. */
    private static LoadSettings settings(String yaml) {
        return LoadSettings.builder().setBufferSize(yaml.length() + 2).build();
    }

    private void at(Event event) {
        switch (event.getEventId()) {
            case SequenceStart, MappingStart -> {
                open.push(((NodeEvent) event).getAnchor());
                require(open.size() <= DEPTH, "deeper than " + DEPTH + " levels");
            }
            case SequenceEnd, MappingEnd -> open.pop();
            case Alias -> {
                require(++aliases <= ALIASES, "more than " + ALIASES + " aliases");
                require(!open.contains(Optional.of(((AliasEvent) event).getAlias())), "a value that is part of itself");
            }
            case StreamStart, StreamEnd, DocumentStart, DocumentEnd, Scalar, Comment -> {}
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException("the YAML is no text that is read here: " + otherwise);
        }
    }
}
