package dev.kubesent.diagnosis.rules;

import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.evidence.Evidence;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One whole diagnosis, of each case in turn as it is; and of each with fifty lines before what it says. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DiagnosisBench {

    @Param({"0", "50"})
    int linesBefore;

    private List<Evidence> evidence = List.of();
    private int next;

    @Setup
    public void read() {
        var all = new ArrayList<>(CauseCase.all().stream()
                .map(this::longer)
                .flatMap(one -> one.evidence().stream())
                .toList());
        Collections.shuffle(all, new Random(1));
        evidence = all;
    }

    private CauseCase longer(CauseCase one) {
        var log = new ArrayList<String>();
        for (int i = 0; i < linesBefore - one.log().size(); i++) {
            log.add("2026-11-23T11:59:%02d.123Z WARN 1 --- [worker-%d] c.e.s.OrderService : order %d of customer %d took %d ms, retrying later"
                    .formatted(i % 60, i, 1000 + i, i * 7, i * 13));
        }
        log.addAll(one.log());
        return one.with(log, one.events());
    }

    @Benchmark
    public Diagnosis diagnosis() {
        next = (next + 1) % evidence.size();
        return Rules.diagnose(evidence.get(next));
    }
}
