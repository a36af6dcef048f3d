package dev.kubesent.scan.described;

import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The volumes of a description that name something which may be missing: ConfigMaps, Secrets, claims and folders of the node. */
final class VolumeReader {

    private VolumeReader() {}

    static List<Volume> read(List<String> lines) {
        var volumes = new ArrayList<Volume>();
        var name = "";
        var fields = new HashMap<String, String>();
        for (var line : lines) {
            if (Cut.indent(line) <= 2 && Names.isOne(line.strip())) {
                volume(name, fields).ifPresent(volumes::add);
                name = FieldLine.key(line);
                fields.clear();
            } else {
                fields.putIfAbsent(FieldLine.key(line), FieldLine.value(line));
            }
        }
        volume(name, fields).ifPresent(volumes::add);
        return volumes;
    }

    private static Optional<Volume> volume(String name, Map<String, String> fields) {
        if (name.isEmpty()) {
            return Optional.empty();
        }
        var volume = new VolumeBuilder().withName(name);
        var optional = "true".equals(StateReader.first(fields.getOrDefault("Optional", "")));
        return switch (StateReader.first(fields.getOrDefault("Type", ""))) {
            case "Secret" ->
                Optional.of(volume.withNewSecret()
                        .withSecretName(first(fields, "SecretName"))
                        .withOptional(optional)
                        .endSecret()
                        .build());
            case "ConfigMap" ->
                Optional.of(volume.withNewConfigMap()
                        .withName(first(fields, "Name"))
                        .withOptional(optional)
                        .endConfigMap()
                        .build());
            case "PersistentVolumeClaim" ->
                Optional.of(volume.withNewPersistentVolumeClaim()
                        .withClaimName(first(fields, "ClaimName"))
                        .endPersistentVolumeClaim()
                        .build());
            case "HostPath" ->
                Optional.of(volume.withNewHostPath()
                        .withPath(first(fields, "Path"))
                        .withType(first(fields, "HostPathType"))
                        .endHostPath()
                        .build());
            case "EmptyDir" ->
                Optional.of(volume.withNewEmptyDir()
                        .withMedium(first(fields, "Medium"))
                        .endEmptyDir()
                        .build());
            default -> Optional.of(volume.build());
        };
    }

    private static String first(Map<String, String> fields, String key) {
        return StateReader.first(fields.getOrDefault(key, ""));
    }
}
