package dev.kubesent.archive;

import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.evidence.ObservedEvent;
import dev.kubesent.redaction.Legible;
import dev.kubesent.redaction.Masking;
import dev.kubesent.text.Effort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code FOLDER/NAMESPACE/INCIDENT/}: {@code pod.yaml}, {@code log.txt}, {@code events.txt} and {@code drill-down.txt} of the last time it was
 * diagnosed, and {@code incident.yaml} with diagnosis, verdict and story. With credentials masked, as in the incident. What is old in it, the
 * cleanup takes away.
 */
public final class FolderArchive implements Archive {

    private static final Logger LOG = LoggerFactory.getLogger(FolderArchive.class);

    private final Path folder;

    public FolderArchive(Path folder) {
        this.folder = folder;
    }

    @Override
    public void keep(Incident incident, Evidence evidence) {
        try {
            var own = own(incident);
            for (var file :
                    Effort.within(Effort.OF_AN_INCIDENT, () -> files(evidence)).entrySet()) {
                write(own.resolve(file.getKey()), file.getValue());
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn(
                    "the evidence of {} is not archived: {}",
                    incident.getMetadata().getName(),
                    e.toString());
        }
    }

    private static Map<String, String> files(Evidence evidence) {
        return Map.of(
                "pod.yaml", evidence.podYaml(),
                "log.txt", lines(evidence.log().present().orElse(List.of()), Function.identity()),
                "events.txt", lines(evidence.events().present().orElse(List.of()), ObservedEvent::toString),
                "drill-down.txt", lines(evidence.drillDown(), Function.identity()));
    }

    @Override
    public void keep(Incident incident) {
        try {
            write(own(incident).resolve("incident.yaml"), KubernetesJson.yaml(incident.withoutRecord()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            // A name that this file system does not take (InvalidPathException), or one without POSIX rights.
            throw new UncheckedIOException(new IOException(e));
        }
    }

    /** The names of Kubernetes have no slash in them; one that had would lead elsewhere. */
    private Path own(Incident incident) throws IOException {
        var meta = incident.getMetadata();
        var own = folder.resolve(meta.getNamespace()).resolve(meta.getName()).normalize();
        if (!own.startsWith(folder) || own.getNameCount() != folder.getNameCount() + 2) {
            throw new IOException("no name for a folder: " + meta.getName());
        }
        return Files.createDirectories(own);
    }

    /** Together, as far as that goes: a secret may go on in the next line. */
    private static <T> String lines(List<T> all, Function<T, String> text) {
        var lines = all.stream().map(text).toList();
        var whole = String.join("\n", lines);
        return (whole.length() <= Masking.LONGEST
                        ? Masking.text(whole).lines()
                        : lines.stream().map(Masking::text))
                .map(Legible::line)
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    /** Whole or not at all, whoever reads it meanwhile. */
    private static void write(Path file, String text) throws IOException {
        var draft = file.resolveSibling("." + file.getFileName() + ".draft");
        Files.deleteIfExists(draft);
        Files.createFile(draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(draft, text);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
