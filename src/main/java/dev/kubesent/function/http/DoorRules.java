package dev.kubesent.function.http;

import dev.kubesent.event.Reply;
import dev.kubesent.event.Request;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;

/**
 * What the door goes by.
 *
 * @param aside by method and path: what is none of its business
 * @param entrance what is answered before anybody looks at a body
 * @param glance answers what needs no function: by path and request; empty for the rest
 * @param answers counts what is answered here
 */
public record DoorRules(
        BiPredicate<String, String> aside,
        Entrance entrance,
        BiFunction<String, Request, Optional<Reply>> glance,
        Answers answers) {}
