/** A cluster at whose reads something happens. */
package dev.kubesent.testing.reads;
