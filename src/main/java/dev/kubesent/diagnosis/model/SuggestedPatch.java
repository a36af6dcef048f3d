package dev.kubesent.diagnosis.model;

import dev.kubesent.action.Suggestion;
import dev.kubesent.action.TemplateField;
import dev.kubesent.cluster.Memory;
import dev.kubesent.diagnosis.model.SuggestedValue.Commands;
import dev.kubesent.text.BoundedYaml;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * A patch of a pod template as a model writes it, read into what KubeSent could do at all.
 *
 * @param memory the limit it asks for, for the failing container; our code computes the amount all the same
 * @param field the one other field of that container that it sets, where the allow-list has it
 * @param dropped everything else that it asks for, by path, and why
 */
public record SuggestedPatch(Optional<Memory> memory, Optional<Suggestion> field, List<String> dropped) {

    /** Characters; a patch of resources has a few hundred. */
    private static final int LONGEST = 8192;

    /** Paths to name; a hostile one could have thousands. */
    private static final int DROPPED = 20;

    private static final LoadSettings STRICT = LoadSettings.builder()
            .setAllowDuplicateKeys(false)
            .setAllowRecursiveKeys(false)
            .setMaxAliasesForCollections(0)
            .setCodePointLimit(LONGEST)
            // In one piece: the engine fails where a piece ends in the middle of a character.
            .setBufferSize(LONGEST + 2)
            .build();

    public SuggestedPatch {
        dropped = List.copyOf(dropped);
    }

    /**
     * Never throws.
     *
     * @param container the failing one
     * @param fields of a pod that may be changed, as {@code spec.containers[*].resources}
     */
    public static SuggestedPatch read(String yaml, String container, Set<String> fields) {
        if (yaml.isBlank()) {
            return new SuggestedPatch(Optional.empty(), Optional.empty(), List.of());
        }
        if (yaml.length() > LONGEST) {
            return refused("the patch is longer than " + LONGEST + " characters");
        }
        try {
            BoundedYaml.check(yaml);
            return new Reader(container, fields).read(new Load(STRICT).loadFromString(yaml));
        } catch (YamlEngineException | ClassCastException | IllegalArgumentException e) {
            return refused("the patch is no YAML that is read here: "
                    + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
    }

    private static SuggestedPatch refused(String why) {
        return new SuggestedPatch(Optional.empty(), Optional.empty(), List.of(why));
    }

    /** Walks the tree once, leaf by leaf. */
    private static final class Reader {

        private static final Set<String> LISTS = Set.of("containers", "initContainers");
        private static final String MEMORY_LIMIT = ".resources.limits.memory";

        private final String container;
        private final Set<String> fields;
        private final List<String> dropped = new ArrayList<>();
        private final List<Suggestion> taken = new ArrayList<>();
        private Optional<Memory> memory = Optional.empty();

        Reader(String container, Set<String> fields) {
            this.container = container;
            this.fields = fields;
        }

        SuggestedPatch read(@Nullable Object root) {
            if (!(root instanceof Map<?, ?> patch) || !(patch.get("spec") instanceof Map<?, ?> spec)) {
                return refused("the patch has no spec");
            }
            others(patch, "spec", "");
            if (spec.get("template") instanceof Map<?, ?> template && template.get("spec") instanceof Map<?, ?> inner) {
                others(spec, "template", "spec.");
                others(template, "spec", "spec.template.");
                walk("spec", inner, "");
            } else {
                walk("spec", spec, "");
            }
            var one = taken.stream().findFirst().filter(_ -> memory.isEmpty() && taken.size() == 1);
            if (one.isEmpty()) {
                taken.forEach(
                        other -> drop("spec.containers[*]." + other.field().key(), "one change at a time"));
            }
            return new SuggestedPatch(memory, one, dropped.subList(0, Math.min(dropped.size(), DROPPED)));
        }

        /** What stands beside the pod's spec is of no use, whatever it is. */
        private void others(Map<?, ?> of, String but, String path) {
            of.forEach((key, value) -> {
                if (!but.equals(key)) {
                    drop(path + key, "may not be changed");
                }
            });
        }

        private void walk(String path, @Nullable Object node, String of) {
            switch (node) {
                case Map<?, ?> map ->
                    map.forEach((key, value) -> {
                        var next = path + "." + key;
                        if (LISTS.contains(String.valueOf(key))
                                && path.equals("spec")
                                && value instanceof List<?> list) {
                            list.forEach(element -> element(next, element));
                        } else {
                            walk(next, value, of);
                        }
                    });
                case List<?> list -> list.forEach(element -> walk(path + "[]", element, of));
                case null -> leaf(path, "null", of);
                default -> leaf(path, String.valueOf(node), of);
            }
        }

        private void element(String path, @Nullable Object element) {
            if (element instanceof Map<?, ?> map && map.get("name") instanceof String name) {
                map.forEach((key, value) -> {
                    if (!"name".equals(key) && !take(path + "[*]." + key, String.valueOf(key), value, name)) {
                        walk(path + "[*]." + key, value, name);
                    }
                });
            } else {
                drop(path + "[*]", "an element without a name");
            }
        }

        /** Whole, and not leaf by leaf: a command is one thing. @return whether it is dealt with */
        private boolean take(String path, String key, @Nullable Object value, String of) {
            var field = TemplateField.of(key);
            if (field.isEmpty() || !fields.contains(path) || !of.equals(container)) {
                return false;
            }
            var commands =
                    fields.contains(path.substring(0, path.length() - key.length()) + TemplateField.COMMAND.key())
                            ? Commands.ALLOWED
                            : Commands.NOT_ALLOWED;
            SuggestedValue.of(field.get(), value, commands)
                    .ifPresentOrElse(taken::add, () -> drop(path, "not in a form that is taken"));
            return true;
        }

        private void leaf(String path, String value, String of) {
            if (fields.stream().noneMatch(field -> path.equals(field) || path.startsWith(field + "."))) {
                drop(path, "may not be changed");
            } else if (!of.equals(container)) {
                drop(path, "of container " + of + ", which is not the one that fails");
            } else if (!path.endsWith(MEMORY_LIMIT) && !path.endsWith(".resources.requests.memory")) {
                drop(path, "nothing KubeSent does changes it");
            } else if (path.endsWith(MEMORY_LIMIT)) {
                amount(path, value);
            }
        }

        private void amount(String path, String value) {
            try {
                memory = Optional.of(Memory.parse(value));
            } catch (RuntimeException e) {
                drop(path, "'" + value.substring(0, Math.min(value.length(), 40)) + "' is no amount of memory");
            }
        }

        private void drop(String path, String why) {
            dropped.add(path.substring(0, Math.min(path.length(), 200)) + ": " + why);
        }
    }
}
