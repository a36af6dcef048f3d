/**
 * What a remedy sets in a container: its memory, its image, its probes. Takes the object as it is, gives the operations of a patch. Asks nothing and
 * sends nothing.
 */
@NullMarked
package dev.kubesent.remedy.edit;

import org.jspecify.annotations.NullMarked;
