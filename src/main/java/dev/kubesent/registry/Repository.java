package dev.kubesent.registry;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.evidence.ImageRegistry.Platform;
import dev.kubesent.evidence.RegistryFacts;
import dev.kubesent.evidence.RunningImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import land.oras.ContainerRef;
import land.oras.Registry;
import land.oras.Tags;
import land.oras.exception.OrasException;

/**
 * One repository of a registry, as an image's name names it.
 *
 * @param image that is asked for
 * @param wanted platform; empty where every one fits
 */
record Repository(Registry registry, String image, Optional<Platform> wanted) {

    private static final int NOT_FOUND = 404;

    private static final int NEAREST = 3;

    /** Bytes. Those of real images have a few thousand. */
    private static final int LARGEST_CONFIG = 1 << 20;

    private static final int PAGE = 1000;

    /** Of a thousand tags each; what lies beyond is not near enough to be looked for. */
    private static final int PAGES = 5;

    RegistryFacts facts(ContainerRef ref) {
        var platforms = platforms(ref);
        if (platforms.isPresent()) {
            return fits(platforms.get())
                    ? new RegistryFacts.Exists()
                    : new RegistryFacts.OtherPlatforms(
                            platforms.get().stream().map(Platform::toString).toList());
        }
        return unlessMissing(() -> tags(ref))
                .<RegistryFacts>map(tags -> new RegistryFacts.NoSuchTag(nearest(tags)))
                .orElseGet(RegistryFacts.NoSuchRepository::new);
    }

    private boolean fits(List<Platform> platforms) {
        return platforms.isEmpty() || wanted.map(platforms::contains).orElse(true);
    }

    /** @return empty where it does not exist; none where nothing says which */
    private Optional<List<Platform>> platforms(ContainerRef ref) {
        return unlessMissing(() -> registry.probeDescriptor(ref).getMediaType())
                .map(type -> isIndex(type)
                        ? registry.getIndex(ref).getManifests().stream()
                                .map(land.oras.ManifestDescriptor::getPlatformOrNull)
                                .filter(Objects::nonNull)
                                .map(one -> new Platform(one.os(), one.architecture()))
                                .filter(one -> !one.os().equals("unknown")) // an attestation (docs.docker.com, "Image
                                // attestation storage")
                                .distinct()
                                .toList()
                        : ofConfig(ref));
    }

    private static boolean isIndex(String mediaType) {
        return mediaType.contains("image.index") || mediaType.contains("manifest.list");
    }

    /** That of an image for one platform is in its configuration. */
    private List<Platform> ofConfig(ContainerRef ref) {
        var config = registry.getManifest(ref).getConfig();
        if (config == null || config.getDigest() == null) {
            return List.of();
        }
        try (var blob = registry.fetchBlob(ref.withDigest(config.getDigest()))) {
            var json = KubernetesJson.parseJson(blob.readNBytes(LARGEST_CONFIG), JsonNode.class);
            return json.hasNonNull("os") && json.hasNonNull("architecture")
                    ? List.of(new Platform(
                            json.path("os").asText(), json.path("architecture").asText()))
                    : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException("the registry sent a configuration that is none", e);
        }
    }

    private List<String> tags(ContainerRef ref) {
        var all = new ArrayList<String>();
        Tags page = registry.getTags(ref, PAGE, null);
        all.addAll(page.tags());
        for (int pages = 1; pages < PAGES && page.last() != null; pages++) {
            page = registry.getTags(ref, PAGE, page.last());
            all.addAll(page.tags());
        }
        return all;
    }

    /** Where a digest is gone, its own tag; else the tags that are written most alike. Each is looked for. */
    private List<String> nearest(List<String> tags) {
        var repository = RunningImage.repository(image);
        var own = RunningImage.tag(image);
        var near = image.contains("@")
                ? own.stream().filter(tags::contains).toList()
                : new Alike(own.orElse("latest")).of(tags);
        return near.stream()
                .map(tag -> repository + ":" + tag)
                .filter(other ->
                        platforms(ContainerRef.parse(other)).filter(this::fits).isPresent())
                .limit(NEAREST)
                .toList();
    }

    private interface Call<T> {
        T get();
    }

    private static <T> Optional<T> unlessMissing(Call<T> call) {
        try {
            return Optional.of(call.get());
        } catch (OrasException e) {
            if (e.getStatusCode() == NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
