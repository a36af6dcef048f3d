package dev.kubesent.watch;

import dev.kubesent.cluster.Change;
import dev.kubesent.cluster.ClusterWatcher;
import dev.kubesent.cluster.Watched;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Supplier;

/** Tells what it was told to tell, one watch after the other, and notes what it is asked. */
final class ToldWatcher implements ClusterWatcher {

    /** As {@code version} and {@code watch 7}. */
    final List<String> asked = new ArrayList<>();

    private final Queue<Supplier<String>> versions = new ArrayDeque<>();
    private final Queue<List<Supplier<Change>>> watches = new ArrayDeque<>();

    ToldWatcher version(Supplier<String> version) {
        versions.add(version);
        return this;
    }

    ToldWatcher version(String version) {
        return version(() -> version);
    }

    /** @param lines the first of which stands for the opening of the watch where it throws */
    @SafeVarargs
    final ToldWatcher watch(Supplier<Change>... lines) {
        return watch(List.of(lines));
    }

    ToldWatcher watch(List<Supplier<Change>> lines) {
        watches.add(lines);
        return this;
    }

    @Override
    public String version(Watched what) {
        asked.add("version");
        return versions.remove().get();
    }

    @Override
    public Changes watch(Watched what, String version) {
        asked.add("watch " + version);
        var lines = new ArrayDeque<>(watches.remove());
        return new Changes() {
            @Override
            public Optional<Change> next() {
                return Optional.ofNullable(lines.poll()).map(Supplier::get);
            }

            @Override
            public void close() {
                asked.add("closed");
            }
        };
    }
}
