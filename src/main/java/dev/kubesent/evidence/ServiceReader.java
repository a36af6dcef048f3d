package dev.kubesent.evidence;

import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.Name;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Looks at the Services that the last lines of a log name: whether they exist, what they serve, and whether anything is behind them. */
final class ServiceReader {

    /** The program ends with what it could not reach; whom it named long before is somebody else. */
    private static final int LINES = 15;

    private static final int MOST = 5;

    /** NAME, NAME.NAMESPACE or NAME.NAMESPACE.svc.cluster.local. Dots beyond that are of a host outside of the cluster. */
    private static final String NAME =
            "(?<name>[a-z][-a-z0-9]{0,61}[a-z0-9])(\\.(?<namespace>[a-z0-9][-a-z0-9]{0,62})(?<svc>\\.svc(\\.cluster\\.local)?)?)?\\.?";

    /** With a port behind it, or where programs put the host that they cannot reach. */
    private static final List<Pattern> PLACES = List.of(
            Pattern.compile("(?<![\\w./@-])" + NAME + "(?=:\\d{2,5}(?!\\d))"),
            Pattern.compile("//" + NAME + "(?=[:/])"),
            Pattern.compile(
                    "(?:lookup |ENOTFOUND |EAI_AGAIN |UnknownHostException: |host name \"|upstream \"|host='|server"
                            + " host '|server at \"|resolve host(?:name)?:? )" + NAME + "(?![\\w.-])"));

    private static final Pattern SPEAKS_OF_A_CONNECTION = Pattern.compile(
            "(?i)connect|refused|resolve|lookup|time(d )?out|no such host|unknown ?host|ENOTFOUND|EAI_AGAIN|upstream");

    private static final Set<String> NO_SERVICE = Set.of("localhost", "http", "https", "line", "port", "main", "pid");

    private final ClusterReader cluster;
    private final String own;
    private final Reach reach;

    /** @param own the pod's namespace @param reach whether Services of others are told of */
    ServiceReader(ClusterReader cluster, String own, Reach reach) {
        this.reach = reach;
        this.cluster = cluster;
        this.own = own;
    }

    /** @param certainly a name of the cluster's; NAME.NAMESPACE may as well be a host of the world, or a file */
    private record Named(String host, String namespace, String name, boolean certainly) {}

    /** @throws dev.kubesent.cluster.ClusterException where the cluster does not tell */
    List<ServiceFacts> named(List<String> log) {
        var names = new LinkedHashSet<Named>();
        for (var line : log.reversed().stream()
                .limit(LINES)
                .filter(SPEAKS_OF_A_CONNECTION.asPredicate())
                .toList()) {
            for (var place : PLACES) {
                place.matcher(line).results().map(this::named).forEach(names::add);
            }
        }
        return names.stream()
                .filter(name -> !NO_SERVICE.contains(name.name()))
                .filter(name ->
                        reach == Reach.ALL_NAMESPACES || name.namespace().equals(own))
                // A program prints what it likes: what no Service can be called is not one that does not exist.
                .filter(name -> Name.parseLabel(name.namespace()).isPresent()
                        && Name.parseLabel(name.name()).isPresent())
                .limit(MOST)
                .flatMap(name -> Allowed.read(() -> facts(name)).flatMap(found -> found).stream())
                .toList();
    }

    private Named named(MatchResult found) {
        var namespace = Objects.requireNonNullElse(found.group("namespace"), own);
        var host = found.group().replaceFirst("^.*[ \"'/]", "").replaceFirst("\\.$", "");
        return new Named(
                host, namespace, found.group("name"), found.group("namespace") == null || found.group("svc") != null);
    }

    private Optional<ServiceFacts> facts(Named name) {
        var display = name.namespace() + "/" + name.name();
        var service = cluster.get(Service.class, name.namespace(), name.name());
        if (service.isEmpty()) {
            return name.certainly()
                    ? Optional.of(new ServiceFacts(name.host(), display, false, Set.of(), 0))
                    : Optional.empty();
        }
        return service.filter(ServiceReader::isSelfMade)
                .map(found -> new ServiceFacts(
                        name.host(),
                        display,
                        true,
                        found.getSpec().getPorts().stream()
                                .map(ServicePort::getPort)
                                .collect(Collectors.toSet()),
                        ready(name)));
    }

    /** What has no ports of its own (ExternalName) or none that bind (a headless one) is only a name. */
    private static boolean isSelfMade(Service service) {
        return !"ExternalName".equals(service.getSpec().getType())
                && !"None".equals(service.getSpec().getClusterIP())
                && !service.getSpec().getPorts().isEmpty();
    }

    private int ready(Named name) {
        return (int)
                cluster
                        .list(EndpointSlice.class, name.namespace(), Map.of("kubernetes.io/service-name", name.name()))
                        .stream()
                        .flatMap(slice -> slice.getEndpoints().stream())
                        .filter(ServiceReader::isReady)
                        .count();
    }

    /** Not said means ready (EndpointSlice API, conditions.ready). */
    private static boolean isReady(Endpoint endpoint) {
        return endpoint.getConditions() == null
                || !Boolean.FALSE.equals(endpoint.getConditions().getReady());
    }
}
