package dev.kubesent.sender;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubesent.cluster.KubernetesJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

/**
 * The issuer that signs the tokens of this cluster's ServiceAccounts, asked through the API server itself, which every ServiceAccount may
 * (ClusterRole system:service-account-issuer-discovery): no other address, no other trust.
 */
public final class ClusterIssuer implements IssuerKeys {

    private final UnaryOperator<String> get;

    /** @param get the body of a GET of this path of the API server; throws where there is none */
    public ClusterIssuer(UnaryOperator<String> get) {
        this.get = get;
    }

    @Override
    public String issuer() {
        var document = get.apply("/.well-known/openid-configuration");
        try {
            return KubernetesJson.parseJson(document.getBytes(StandardCharsets.UTF_8), JsonNode.class)
                    .path("issuer")
                    .asText();
        } catch (IOException e) {
            throw new IllegalStateException("the API server's OpenID configuration is no JSON", e);
        }
    }

    @Override
    public String keys() {
        return get.apply("/openid/v1/jwks");
    }
}
