package dev.kubesent.function.http;

import dev.kubesent.event.Glance;
import java.util.function.BiPredicate;
import java.util.function.Function;

/**
 * What the door goes by.
 *
 * @param aside by method and path: what is none of its business
 * @param entrance what is answered before anybody looks at a body
 * @param glance answers what needs no function: by path
 * @param answers counts what is answered here
 */
public record DoorRules(
        BiPredicate<String, String> aside, Entrance entrance, Function<String, Glance> glance, Answers answers) {}
