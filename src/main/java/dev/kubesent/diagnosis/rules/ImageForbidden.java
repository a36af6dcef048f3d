package dev.kubesent.diagnosis.rules;

import dev.kubesent.diagnosis.Action;
import dev.kubesent.diagnosis.Cause;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.evidence.Evidence;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A refusal with its reason: a policy, a licence, a country. A bare 403 means less: behind a mirror it is also a typo. */
final class ImageForbidden implements Rule {

    private static final Pattern TEXT = Pattern.compile(
            "(?i)403 Forbidden.*(polic|blocked|geo|country|region|export|embargo|quarantin|vulnerab)|denied by (policy|admission)"
                    + "|blocked by .*polic|not available in your (country|region|location)");

    @Override
    public Optional<Diagnosis> diagnose(Evidence evidence) {
        return PullFacts.of(evidence)
                .flatMap(
                        p -> p.text(TEXT)
                                .map(
                                        quote -> says(
                                                Cause.IMAGE_FORBIDDEN,
                                                p.confidence(TEXT),
                                                "The registry has the image and refuses to hand it out, by a policy.",
                                                List.of(quote),
                                                new Action.None(
                                                        "Ask whoever runs the registry which policy it is; other credentials will hardly help."))));
    }
}
