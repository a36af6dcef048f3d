package dev.kubesent.diagnosis.model;

import dev.kubesent.diagnosis.model.AnswerReader.UnusableAnswerException;
import dev.kubesent.diagnosis.model.LanguageModel.Answer;
import dev.kubesent.diagnosis.model.ModelCalls.Result;
import dev.kubesent.diagnosis.model.Opinion.Ended;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Models in the order in which they are asked, within one deadline for all. One that does not exist is not asked again for
 * a while, one that is out of quota as long as it says.
 */
public final class ModelChain {

    /** One that answered that it does not exist is left out for that long. */
    private static final Duration GONE_FOR = Duration.ofHours(1);

    /** Where a 429 has no RetryInfo: Gemini counts by the minute. */
    private static final Duration OUT_OF_QUOTA_FOR = Duration.ofMinutes(1);

    /** "0s" would be no rest at all, and "1s" over before the others have answered. */
    private static final Duration AT_LEAST = Duration.ofSeconds(5);

    /** The key or the request is wrong: another model would say the same. */
    private static final Set<Integer> ENDS_IT = Set.of(400, 401, 403);

    private final List<String> models;
    private final LanguageModel model;
    private final Duration deadline;
    private final Budget budget;
    private final ModelCalls calls;
    private final Clock clock;
    private final Map<String, Rest> resting = new ConcurrentHashMap<>();

    /** Uncounted. */
    public ModelChain(List<String> models, LanguageModel model, Duration deadline, Budget budget, Clock clock) {
        this(models, model, deadline, budget, (_, _, _) -> {}, clock);
    }

    /** @param deadline for one question, all models together */
    public ModelChain(
            List<String> models, LanguageModel model, Duration deadline, Budget budget, ModelCalls calls, Clock clock) {
        this.calls = calls;
        this.models = List.copyOf(models);
        this.model = model;
        this.deadline = deadline;
        this.budget = budget;
        this.clock = clock;
    }

    private record Rest(Instant until, int status) {}

    /** A question of nobody's share. Never throws. */
    public Opinion ask(Prompt prompt) {
        return ask("", prompt, clock.instant());
    }

    /** @param namespace whose share of the budget it takes @param begun when the question came: writing the prompt counts as well */
    Opinion ask(String namespace, Prompt prompt, Instant begun) {
        var end = begun.plus(deadline);
        var failures = new ArrayList<String>();
        for (int i = 0; i < models.size(); i++) {
            var name = models.get(i);
            var rest = rest(name);
            if (rest.isPresent()) {
                failures.add("%s: %d, not asked before %s"
                        .formatted(name, rest.get().status(), rest.get().until()));
                continue;
            }
            var left = Duration.between(clock.instant(), end);
            if (!left.isPositive()) {
                return new Opinion.None(
                        "the deadline of %s was over: %s".formatted(deadline, failures), Ended.TOO_LATE);
            }
            var spent = budget.take(namespace);
            if (spent.isPresent()) {
                return new Opinion.Deferred(
                        spent.get(), "the budget of calls is spent, or the half of it that one namespace has");
            }
            // One that hangs must leave the others their share.
            var answer = model.generate(name, prompt, left.dividedBy(models.size() - i));
            if (answer instanceof Answer.Refused(var status, var _, var message) && ENDS_IT.contains(status)) {
                calls.called(name, Result.REFUSED, 0);
                return new Opinion.None("%s: HTTP %d: %s".formatted(name, status, message), Ended.REFUSED);
            }
            var opinion = opinion(name, answer, prompt, failures);
            if (opinion.isPresent()) {
                return opinion.get();
            }
        }
        return nobody(failures, end);
    }

    private Optional<Opinion> opinion(String name, Answer answer, Prompt prompt, List<String> failures) {
        switch (answer) {
            case Answer.Text(var json, var tokens) -> {
                try {
                    var given = new Opinion.Given(AnswerReader.read(json, prompt), name, failures);
                    calls.called(name, Result.ANSWERED, tokens);
                    return Optional.of(given);
                } catch (UnusableAnswerException e) {
                    calls.called(name, Result.UNUSABLE, tokens);
                    failures.add(name + ": " + e.getMessage());
                }
            }
            case Answer.Refused(var status, var retryAfter, var _) -> {
                calls.called(name, Result.REFUSED, 0);
                failures.add(name + ": HTTP " + status);
                rest(name, status, retryAfter);
            }
            case Answer.Unusable(var why) -> {
                calls.called(name, Result.UNUSABLE, 0);
                failures.add(name + ": " + why);
            }
            case Answer.NoAnswer(var why) -> {
                calls.called(name, Result.NO_ANSWER, 0);
                failures.add(name + ": " + why);
            }
        }
        return Optional.empty();
    }

    private void rest(String name, int status, Optional<Duration> retryAfter) {
        if (status == 404) {
            rest(name, new Rest(clock.instant().plus(GONE_FOR), status));
        } else if (status == 429) {
            var asked = retryAfter.orElse(OUT_OF_QUOTA_FOR);
            rest(name, new Rest(clock.instant().plus(asked.compareTo(AT_LEAST) < 0 ? AT_LEAST : asked), status));
        }
    }

    /** A late answer does not shorten what an earlier one has said. */
    private void rest(String name, Rest rest) {
        resting.merge(name, rest, (a, b) -> a.until().isAfter(b.until()) ? a : b);
    }

    /** Out of quota if that is all that is wrong with those that exist. */
    private Opinion nobody(List<String> failures, Instant end) {
        var rests = models.stream()
                .map(name -> Optional.ofNullable(resting.get(name)))
                .toList();
        var soonest = rests.stream()
                .flatMap(Optional::stream)
                .filter(rest -> rest.status() == 429 && rest.until().isAfter(end.minus(deadline)))
                .map(Rest::until)
                .min(Instant::compareTo);
        if (soonest.isPresent()
                && rests.stream()
                        .allMatch(rest -> rest.filter(r -> r.until().isAfter(end.minus(deadline)))
                                .isPresent())) {
            return new Opinion.Deferred(soonest.get(), "every model is out of quota: " + failures);
        }
        return new Opinion.None(failures.toString(), clock.instant().isBefore(end) ? Ended.UNUSABLE : Ended.TOO_LATE);
    }

    private Optional<Rest> rest(String name) {
        return Optional.ofNullable(resting.get(name))
                .filter(rest -> rest.until().isAfter(clock.instant()));
    }
}
