package dev.kubesent.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.parallel.ResourceLock;

/** In this JVM: Boot sets up the one log of the JVM when it starts, and takes that back when it ends. Only one class of tests does so at a time. */
@ResourceLock("the application")
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface StartsTheApplication {}
