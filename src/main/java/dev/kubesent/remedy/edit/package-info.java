/**
 * What an edit sets in a container: its image, its probes, its command, a variable. Takes the object as it is, gives the operations of a patch. Asks nothing and
 * sends nothing.
 */
@NullMarked
package dev.kubesent.remedy.edit;

import org.jspecify.annotations.NullMarked;
