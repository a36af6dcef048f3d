/** Heals one pod: in place, by another in its place, or by an eviction after which its controller makes another. */
@NullMarked
package dev.kubesent.remedy.pod;

import org.jspecify.annotations.NullMarked;
