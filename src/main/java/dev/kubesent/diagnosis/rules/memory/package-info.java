/**
 * Rules about memory: what killed a container or its node for it, and whether more of it would help. They take evidence of an OOM kill, of a start that
 * had too little, or of a heap that fills its limit; they read nothing, and call no other family but for what a probe killed.
 */
@NullMarked
package dev.kubesent.diagnosis.rules.memory;

import org.jspecify.annotations.NullMarked;
