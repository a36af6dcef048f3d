package dev.kubesent.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** As Kubernetes itself selects (kubernetes.io, "Labels and Selectors"). */
class SelectorTest {

    private static final Map<String, String> LABELS = Map.of("app", "web", "tier", "front");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {matchLabels: {app: web}}                                                          | true
        {matchLabels: {app: web, tier: front}}                                             | true
        {matchLabels: {app: web, zone: a}}                                                 | false
        {matchLabels: {app: api}}                                                          | false
        {matchExpressions: [{key: app, operator: In, values: [api, web]}]}                 | true
        {matchExpressions: [{key: app, operator: In, values: [api]}]}                      | false
        {matchExpressions: [{key: app, operator: NotIn, values: [web]}]}                   | false
        {matchExpressions: [{key: zone, operator: NotIn, values: [a]}]}                    | true
        {matchExpressions: [{key: app, operator: Exists}]}                                 | true
        {matchExpressions: [{key: zone, operator: Exists}]}                                | false
        {matchExpressions: [{key: zone, operator: DoesNotExist}]}                          | true
        {matchExpressions: [{key: app, operator: Near, values: [web]}]}                    | false
        {matchLabels: {app: web}, matchExpressions: [{key: tier, operator: DoesNotExist}]} | false
        {app: web}                                                                         | true
        {app: web, zone: a}                                                                | false
        {}                                                                                 | false
        """)
    void selects_as_kubernetes_does(String selector, boolean selects) {
        assertThat(new Selector(KubernetesJson.parse("# YAML\n" + selector, JsonNode.class)).matches(LABELS))
                .isEqualTo(selects);
    }
}
