package dev.kubesent.sender;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.RemoteKeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.kubesent.event.Problem;
import dev.kubesent.event.Request;
import dev.kubesent.time.Skew;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verifies the OIDC token that Knative sends with an event, where authentication-oidc is on or the sink has an audience
 * (research/knative.md, "OIDC"): signature, issuer, audience, time, and that its subject is on the list.
 */
public final class TokenCheck {

    private static final Logger LOG = LoggerFactory.getLogger(TokenCheck.class);

    /** What Kubernetes signs with; "none" is not among them. */
    private static final Set<JWSAlgorithm> ALGORITHMS =
            Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256, JWSAlgorithm.ES384, JWSAlgorithm.ES512);

    /** A key that is not known may be new. So often, at most, the issuer is asked for its keys again. */
    private static final Duration ASKED_AGAIN_AFTER = Duration.ofMinutes(1);

    private final IssuerKeys issuer;
    private final String audience;
    private final List<String> subjects;
    private final Clock clock;
    private volatile Known known = new Known("", new JWKSet());
    private Instant askedAt = Instant.EPOCH;

    /** @param subjects that may send */
    public TokenCheck(IssuerKeys issuer, String audience, List<String> subjects, Clock clock) {
        this.issuer = issuer;
        this.audience = audience;
        this.subjects = List.copyOf(subjects);
        this.clock = clock;
    }

    private record Known(String issuer, JWKSet keys) {}

    /** Why not; empty where the sender may. */
    Optional<Problem> whyNot(Request request) {
        var authorization = request.header("authorization");
        if (!authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return no(Problem.Kind.UNKNOWN_SENDER, "a bearer token for audience '" + audience + "' is needed");
        }
        try {
            var subject = claims(authorization.substring(7).strip()).getSubject();
            return subjects.contains(subject)
                    ? Optional.empty()
                    : no(Problem.Kind.SENDER_NOT_ALLOWED, subject + " may not send (KUBESENT_SENDERS)");
        } catch (RemoteKeySourceException e) {
            LOG.warn("the issuer of tokens cannot be asked: {}", e.getMessage());
            return no(Problem.Kind.ISSUER_SILENT, "the issuer of tokens cannot be asked; the log of KubeSent says why");
        } catch (ParseException | BadJOSEException | JOSEException e) {
            return no(Problem.Kind.UNKNOWN_SENDER, "the token does not hold: " + e.getMessage());
        }
    }

    private JWTClaimsSet claims(String token) throws ParseException, BadJOSEException, JOSEException {
        var processor = new DefaultJWTProcessor<SecurityContext>();
        JWKSource<SecurityContext> keys = this::select;
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys));
        // The keys first: with them comes the issuer's name.
        processor.setJWTClaimsSetVerifier(null);
        var claims = processor.process(token, null);
        var expected = new JWTClaimsSet.Builder().issuer(known.issuer()).build();
        new DefaultJWTClaimsVerifier<SecurityContext>(audience, expected, Set.of("sub", "exp", "aud")) {
            @Override
            protected Date currentTime() {
                return Date.from(clock.instant());
            }
        }.verify(claims, null);
        return claims;
    }

    private List<JWK> select(JWKSelector selector, @Nullable SecurityContext context) throws RemoteKeySourceException {
        var found = selector.select(known.keys());
        return found.isEmpty() ? selectAnew(selector) : found;
    }

    /** By one thread at a time, and not again for a while, whatever came of it: an unknown key costs its sender nothing. */
    private synchronized List<JWK> selectAnew(JWKSelector selector) throws RemoteKeySourceException {
        var found = selector.select(known.keys());
        if (!found.isEmpty()) {
            return found;
        }
        if (Skew.isWithin(askedAt, ASKED_AGAIN_AFTER, clock.instant())) {
            // It may be newer than what is known: Knative sends again after 503, and not after 401.
            throw new RemoteKeySourceException("the key is not known, and they were asked for a moment ago", null);
        }
        askedAt = clock.instant();
        try {
            known = new Known(issuer.issuer(), JWKSet.parse(issuer.keys()));
        } catch (ParseException | RuntimeException e) {
            throw new RemoteKeySourceException(String.valueOf(e.getMessage()), e);
        }
        return selector.select(known.keys());
    }

    private static Optional<Problem> no(Problem.Kind kind, String detail) {
        return Optional.of(new Problem(kind, detail));
    }
}
