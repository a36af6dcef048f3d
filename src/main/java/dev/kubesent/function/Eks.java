package dev.kubesent.function;

import dev.kubesent.cluster.eks.EksCluster;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Where {@code KUBESENT_CLUSTER} is {@code eks}: which one. */
final class Eks {

    private Eks() {}

    /** @throws UsageException where one of them is missing or wrong */
    static EksCluster read(SettingReader reader) {
        return new EksCluster(
                reader.value(Setting.EKS_NAME, "the cluster's name", Eks::given),
                reader.value(Setting.EKS_ENDPOINT, "the cluster's endpoint, https://…", Eks::https),
                reader.value(Setting.EKS_CA, "the cluster's CA certificate, PEM in base64", Eks::certificate),
                region(reader));
    }

    /** As Lambda, and every other place of AWS, sets it. */
    private static String region(SettingReader reader) {
        var region = reader.given().apply("AWS_REGION");
        if (region == null || !region.matches("[a-z0-9-]+")) {
            throw new UsageException("AWS_REGION is '" + region + "'; with KUBESENT_CLUSTER=eks it must be a region");
        }
        return region;
    }

    private static String given(String value) {
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
