package dev.kubesent.function;

import dev.kubesent.cluster.eks.EksCluster;
import dev.kubesent.function.Setting.Given;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Where {@code KUBESENT_CLUSTER} is {@code eks}: which one. */
final class Eks {

    static final Setting<String> EKS_NAME = new Setting<>(
            "EKS_NAME",
            "none",
            new Form<>("the cluster's name", Eks::named),
            "With `eks`: the cluster's name. AWS_REGION names its region, and the process's AWS role is our identity.");

    static final Setting<URI> EKS_ENDPOINT = new Setting<>(
            "EKS_ENDPOINT",
            "none",
            new Form<>("the cluster's endpoint, https://…", Eks::https),
            "With `eks`: the cluster's endpoint.");

    static final Setting<String> EKS_CA = new Setting<>(
            "EKS_CA",
            "none",
            new Form<>("the cluster's CA certificate, PEM in base64", Eks::certificate),
            "With `eks`: the cluster's `certificateAuthority.data`.");

    private Eks() {}

    /** @throws UsageException where one of them is missing or wrong */
    static EksCluster read(Given given) {
        return new EksCluster(EKS_NAME.of(given), EKS_ENDPOINT.of(given), EKS_CA.of(given), region(given));
    }

    /** As Lambda, and every other place of AWS, sets it. */
    private static String region(Given given) {
        var region = given.value("AWS_REGION");
        if (region == null || !region.matches("[a-z0-9-]+")) {
            throw new UsageException("AWS_REGION is '" + region + "'; with KUBESENT_CLUSTER=eks it must be a region");
        }
        return region;
    }

    private static String named(String value) {
        if (value.equals("none")) {
            throw new IllegalArgumentException(value);
        }
        return value;
    }

    private static URI https(String value) {
        var endpoint = URI.create(value);
        if (!"https".equals(endpoint.getScheme()) || endpoint.getHost() == null) {
            throw new IllegalArgumentException(value);
        }
        return endpoint;
    }

    private static String certificate(String value) {
        var pem = new String(Base64.getDecoder().decode(value), StandardCharsets.US_ASCII);
        if (!pem.contains("-----BEGIN CERTIFICATE-----")) {
            throw new IllegalArgumentException("no certificate");
        }
        return value;
    }
}
