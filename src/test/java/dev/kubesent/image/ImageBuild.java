package dev.kubesent.image;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import com.google.cloud.tools.jib.api.buildplan.Port;
import com.google.cloud.tools.jib.frontend.CredentialRetrieverFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Puts the runtime, the application and its cache on a base image that has glibc and no shell. */
public final class ImageBuild {

    private ImageBuild() {}

    /**
     * @param arguments the folder with app/ and jre/; the base ({@code tar:FILE}, or {@code NAME@sha256:DIGEST} in a registry); the name of
     *     the image; where to: a file for a tar, or {@code registry} to push it, by HTTPS where that is not on this machine
     * @throws IllegalArgumentException where the base has no digest: a tag is whatever somebody has pushed since
     */
    public static void main(String... arguments) throws Exception {
        var root = Path.of(arguments[0]).toAbsolutePath();
        var name = ImageReference.parse(arguments[2]);
        var image = base(arguments[1])
                .setPlatforms(Set.of(platform(System.getProperty("os.arch"))))
                .setLabels(labels(name.getTag().orElse(""), System.getenv()))
                .addFileEntriesLayer(layer("jre", root.resolve("jre")))
                .addFileEntriesLayer(layer("libraries", root.resolve("app/lib")))
                .addFileEntriesLayer(application(root.resolve("app")))
                .setEntrypoint(entrypoint(root.resolve("app")))
                .setUser("65532:65532")
                .setWorkingDirectory(AbsoluteUnixPath.get("/tmp"))
                .addExposedPort(Port.tcp(8080))
                .setCreationTime(Instant.EPOCH);
        var built = image.containerize(target(arguments[3], name)
                .setAllowInsecureRegistries(isOfThisMachine(name))
                // Jib knows a layer again by the paths and times of its files, and ours have one time: it put an old
                // runtime in.
                .setApplicationLayersCache(root.resolveSibling("layers"))
                .setToolName("kubesent"));
        System.out.printf("built %s, %s%n", name, built.getDigest());
    }

    static JibContainerBuilder base(String base) throws Exception {
        if (base.startsWith("tar:")) {
            return Jib.from(TarImage.at(Path.of(base.substring("tar:".length()))));
        }
        if (ImageReference.parse(base).getDigest().isEmpty()) {
            throw new IllegalArgumentException("image.base has no digest, and may be another image tomorrow: write "
                    + base + "@sha256:…, as `docker buildx imagetools inspect " + base + "` prints it");
        }
        return Jib.from(RegistryImage.named(base));
    }

    /** Of the runtime, which is this machine's; Jib takes amd64 of a list of platforms unless it is told. @param arch as Java calls it */
    static Platform platform(String arch) {
        return new Platform(
                switch (arch) {
                    case "amd64", "x86_64" -> "amd64";
                    case "aarch64", "arm64" -> "arm64";
                    default ->
                        throw new IllegalArgumentException("no image for " + arch + ": only for amd64 and arm64");
                },
                "linux");
    }

    /** As the OCI names them. Where it comes from a release says in its environment; nothing here is a time. */
    static Map<String, String> labels(String version, Map<String, String> environment) {
        var labels = new TreeMap<String, String>();
        labels.put("org.opencontainers.image.title", "KubeSent");
        labels.put("org.opencontainers.image.description", "A serverless healer for Kubernetes pods");
        labels.put("org.opencontainers.image.licenses", "Apache-2.0");
        labels.put("org.opencontainers.image.version", version);
        Optional.ofNullable(environment.get("IMAGE_SOURCE"))
                .ifPresent(source -> labels.put("org.opencontainers.image.source", source));
        Optional.ofNullable(environment.get("IMAGE_REVISION"))
                .ifPresent(commit -> labels.put("org.opencontainers.image.revision", commit));
        return labels;
    }

    /** The base's content is held by its digest, whatever way it takes; what is pushed is not. */
    static boolean isOfThisMachine(ImageReference name) {
        return name.getRegistry().matches("(localhost|127\\.0\\.0\\.1)(:\\d+)?");
    }

    private static Containerizer target(String where, ImageReference name) throws Exception {
        return where.equals("registry")
                ? Containerizer.to(RegistryImage.named(name)
                        .addCredentialRetriever(CredentialRetrieverFactory.forImage(name, _ -> {})
                                .dockerConfig()))
                : Containerizer.to(TarImage.at(Path.of(where)).named(name));
    }

    /** The digest is compared at start with that of the jar: {@code function.BuildCheck}. */
    private static List<String> entrypoint(Path app) throws IOException {
        var entrypoint = new ArrayList<>(List.of("/jre/bin/java", "-XX:AOTCache=/app/kubesent.aot"));
        entrypoint.addAll(AotTraining.FLAGS);
        entrypoint.addAll(List.of("-Dkubesent.build=" + BuildRecord.check(app), "-jar", "/app/kubesent.jar"));
        return entrypoint;
    }

    /** One layer: jar and caches are never taken apart. */
    private static FileEntriesLayer application(Path app) {
        return FileEntriesLayer.builder()
                .setName("application")
                .addEntry(app.resolve("kubesent.jar"), AbsoluteUnixPath.get("/app/kubesent.jar"))
                .addEntry(app.resolve("kubesent.aot"), AbsoluteUnixPath.get("/app/kubesent.aot"))
                .addEntry(app.resolve(CleanupTraining.CACHE), AbsoluteUnixPath.get("/app/" + CleanupTraining.CACHE))
                .addEntry(
                        app.resolve(CleanupTraining.ARGUMENTS),
                        AbsoluteUnixPath.get("/app/" + CleanupTraining.ARGUMENTS))
                .build();
    }

    private static FileEntriesLayer layer(String name, Path folder) throws IOException {
        var layer = FileEntriesLayer.builder().setName(name);
        var under = AbsoluteUnixPath.get(name.equals("jre") ? "/jre" : "/app/lib");
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted().toList()) {
                var to = under.resolve(folder.relativize(file));
                if (Files.isDirectory(file)) {
                    layer.addEntry(file, to, FilePermissions.fromOctalString("755"));
                } else {
                    layer.addEntry(file, to, FilePermissions.fromOctalString(Files.isExecutable(file) ? "755" : "644"));
                }
            }
        }
        return layer.build();
    }
}
