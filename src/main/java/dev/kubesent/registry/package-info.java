/**
 * Beside stage 4: what registries have.
 *
 * <p>Takes the name of an image that could not be pulled, and gives {@link dev.kubesent.evidence.RegistryFacts}: whether it exists, for
 * the platform of the node, and which tags are nearest. May call the registries that {@code KUBESENT_REGISTRY_LOOKUP} names, by the OCI
 * distribution API, where these send it to sign in or for a blob, and no other host: an image's name is anybody's to write. May not read the cluster, nor pull an image. What a registry does not
 * answer within seconds is missing evidence, and never an exception.
 */
@NullMarked
package dev.kubesent.registry;

import org.jspecify.annotations.NullMarked;
