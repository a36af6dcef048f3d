/**
 * Builds the image: {@code ./mvnw -Pimage package -DskipTests}. Nothing here is in the jar; it is among the tests so that it has their
 * class path. {@link dev.kubesent.image.AotTraining} runs the extracted application on the image's own runtime and has the JVM write its
 * cache; {@link dev.kubesent.image.ImageBuild} puts it all on a base image, without a Docker daemon.
 */
package dev.kubesent.image;
