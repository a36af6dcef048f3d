package dev.kubesent.registry;

import dev.kubesent.evidence.ImageRegistry.Login;
import dev.kubesent.evidence.ImageRegistry.Platform;
import dev.kubesent.evidence.Reading;
import dev.kubesent.evidence.RegistryFacts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What was answered a while ago: an incident is judged every few minutes, and a registry counts who asks. Each login has its own answers. */
final class Remembered {

    /** What is pushed meanwhile, the kubelet finds by itself. */
    private static final Duration KEPT = Duration.ofHours(1);

    private static final int MOST = 500;

    record Question(String image, Optional<Platform> platform, Optional<Login> login) {}

    private record Answer(RegistryFacts facts, Instant until) {}

    private final Clock clock;
    private final Map<Question, Answer> answers = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Question, Answer> eldest) {
            return size() > MOST;
        }
    };

    Remembered(Clock clock) {
        this.clock = clock;
    }

    /** Only what was answered is remembered. */
    Reading<RegistryFacts> answer(Question question, Supplier<Reading<RegistryFacts>> asked) {
        var known = known(question);
        if (known.isPresent()) {
            return new Reading.Present<>(known.get());
        }
        var answer = asked.get();
        answer.present().ifPresent(facts -> keep(question, facts));
        return answer;
    }

    private synchronized Optional<RegistryFacts> known(Question question) {
        return Optional.ofNullable(answers.get(question))
                .filter(answer -> answer.until().isAfter(clock.instant()))
                .map(Answer::facts);
    }

    private synchronized void keep(Question question, RegistryFacts facts) {
        answers.remove(question);
        answers.put(question, new Answer(facts, clock.instant().plus(KEPT)));
    }
}
