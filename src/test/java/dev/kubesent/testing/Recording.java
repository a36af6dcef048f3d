package dev.kubesent.testing;

import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.cluster.RecordWriter;
import dev.kubesent.pipeline.Ports;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.function.Consumer;

/** Sees each incident as it is written, also what stands there for a moment only. */
public final class Recording {

    private Recording() {}

    public static TestCluster.Loaded of(TestCluster.Loaded loaded, Consumer<Incident> written) {
        var ports = loaded.ports();
        return new TestCluster.Loaded(
                new Ports(
                        ports.reader(),
                        ports.dryRun(),
                        seeing(ports.records(), written),
                        ports.writer(),
                        ports.pause(),
                        ports.doctor(),
                        ports.archive(),
                        ports.registry()),
                loaded.event(),
                loaded.inspector(),
                loaded.stage());
    }

    private static RecordWriter seeing(RecordWriter records, Consumer<Incident> written) {
        return new RecordWriter() {
            @Override
            public <T extends HasMetadata> T create(T record) {
                return records.create(record);
            }

            @Override
            public <T extends HasMetadata> T replaceStatus(T record) {
                var replaced = records.replaceStatus(record);
                if (replaced instanceof Incident incident) {
                    written.accept(incident);
                }
                return replaced;
            }

            @Override
            public <T extends HasMetadata> T replace(T record) {
                return records.replace(record);
            }

            @Override
            public void delete(HasMetadata record) {
                records.delete(record);
            }
        };
    }
}
