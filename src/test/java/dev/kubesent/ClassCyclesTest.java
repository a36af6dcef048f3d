package dev.kubesent;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Issue 24: no knot of more than three files, each of which needs all others to be understood. */
class ClassCyclesTest {

    /** A sealed family knows itself: what it may be, and what is asked of all of it. */
    private static final Set<String> FAMILIES = Set.of("change.Change", "action.Action");

    private final Map<String, Set<String>> needs = new TreeMap<>();
    private final Map<String, Integer> found = new HashMap<>();
    private final Map<String, Integer> lowest = new HashMap<>();
    private final Deque<String> open = new ArrayDeque<>();
    private final List<Set<String>> knots = new ArrayList<>();

    @Test
    void no_knot_has_more_than_three_files() {
        new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.kubesent")
                .forEach(this::add);
        assertThat(needs).hasSizeGreaterThan(600);

        needs.keySet().stream().filter(file -> !found.containsKey(file)).forEach(this::visit);

        assertThat(knots).hasSizeGreaterThan(3); // it finds those that are allowed
        assertThat(knots.stream()
                        .filter(knot -> knot.size() > 3 && knot.stream().noneMatch(FAMILIES::contains)))
                .isEmpty();
    }

    private void add(JavaClass type) {
        var file = needs.computeIfAbsent(file(type), _ -> new TreeSet<>());
        type.getDirectDependenciesFromSelf().stream()
                .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                .filter(target -> target.getPackageName().startsWith("dev.kubesent"))
                .map(ClassCyclesTest::file)
                .filter(target -> !target.equals(file(type)))
                .forEach(file::add);
    }

    private static String file(JavaClass type) {
        return type.getName().substring("dev.kubesent.".length()).split("\\$", 2)[0];
    }

    /** Tarjan's algorithm. */
    private void visit(String file) {
        found.put(file, found.size());
        lowest.put(file, found.get(file));
        open.push(file);
        for (var other : needs.getOrDefault(file, Set.of())) {
            if (!found.containsKey(other)) {
                visit(other);
                lowest.merge(file, lowest.get(other), Math::min);
            } else if (open.contains(other)) {
                lowest.merge(file, found.get(other), Math::min);
            }
        }
        if (lowest.get(file).equals(found.get(file))) {
            close(file);
        }
    }

    private void close(String file) {
        var knot = new HashSet<String>();
        do {
            knot.add(open.pop());
        } while (!knot.contains(file));
        if (knot.size() > 1) {
            knots.add(knot);
        }
    }
}
