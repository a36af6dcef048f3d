package dev.kubesent.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.cluster.memory.InMemoryCluster;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Finding 1 of shared/reviews/security.md, for Services: a log names what it likes, and only what can be a name is asked for, or told of. */
class ForgedServiceNameTest {

    private final ServiceReader reader =
            new ServiceReader(new InMemoryCluster(Clock.systemUTC()), "shop", Reach.ALL_NAMESPACES);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lookup db.shop-.svc.cluster.local: no such host",
                "lookup db.shop-.svc: no such host",
                "connect to http://db.shop-.svc:80/ refused",
                "dial tcp db.shop-.svc:5432: connection refused"
            })
    void what_no_service_can_be_called_is_not_told_of_and_hides_no_other(String forged) {
        var found = reader.named(List.of(forged, "lookup cache: no such host"));

        assertThat(found)
                .singleElement()
                .satisfies(facts -> assertThat(facts.display()).isEqualTo("shop/cache"));
    }
}
