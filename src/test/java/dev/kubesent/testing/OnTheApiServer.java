package dev.kubesent.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Two classes of tests run at once, but only one of them on the one {@link ApiServer}: they look at all namespaces, and some replace what is installed. */
@ResourceLock("the API server")
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface OnTheApiServer {}
