package dev.kubesent.report;

import dev.kubesent.api.v1alpha1.Incident;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells all of them. A defect of one must not keep the others from being told, nor an act from being made. */
public record Reporters(List<Reporter> all) implements Reporter {

    private static final Logger LOG = LoggerFactory.getLogger(Reporters.class);

    public Reporters {
        all = List.copyOf(all);
    }

    @Override
    public void tell(Finished finished) {
        each(reporter -> reporter.tell(finished));
    }

    @Override
    public void handled(EventOutcome outcome) {
        for (var reporter : all) { // and no lambda: of events there are thousands a second
            try {
                reporter.handled(outcome);
            } catch (RuntimeException e) {
                isDefect(reporter, e);
            }
        }
    }

    @Override
    public void took(Stage stage, Duration time, String error) {
        each(reporter -> reporter.took(stage, time, error));
    }

    @Override
    public void swept() {
        each(Reporter::swept);
    }

    @Override
    public void moved(Incident incident) {
        each(reporter -> reporter.moved(incident));
    }

    /** Closed in reverse: what was begun last ends first. */
    @Override
    public StageSpan begun(Stage stage, String incident) {
        var courses = new ArrayDeque<StageSpan>();
        each(reporter -> courses.push(reporter.begun(stage, incident)));
        return new StageSpan() {
            @Override
            public void failed(RuntimeException e) {
                courses.forEach(course -> safely(course, () -> course.failed(e)));
            }

            @Override
            public void close() {
                courses.forEach(course -> safely(course, course::close));
            }
        };
    }

    private void each(Consumer<Reporter> telling) {
        for (var reporter : all) {
            safely(reporter, () -> telling.accept(reporter));
        }
    }

    private static void safely(Object told, Runnable telling) {
        try {
            telling.run();
        } catch (RuntimeException e) {
            isDefect(told, e);
        }
    }

    private static void isDefect(Object told, RuntimeException e) {
        LOG.error("a defect of KubeSent, in {}", told.getClass().getName(), e);
    }
}
