package dev.kubesent.lifecycle;

import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.report.Reporter;
import dev.kubesent.report.Stage;
import java.util.function.Supplier;

/** Has the stages of the work on an incident followed. */
public record Stages(Reporter reporter) {

    public <T> T in(Stage stage, Incident incident, Supplier<T> work) {
        var meta = incident.getMetadata();
        try (var course = reporter.begun(stage, meta.getNamespace() + "/" + meta.getName())) {
            try {
                return work.get();
            } catch (RuntimeException e) {
                course.failed(e);
                throw e;
            }
        }
    }
}
