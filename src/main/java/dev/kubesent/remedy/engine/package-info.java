/**
 * What all remedies share: how an act is made, resumed, watched and taken back.
 *
 * <p>{@link dev.kubesent.remedy.engine.Remedy} is what a way of healing has to answer. {@link dev.kubesent.remedy.engine.PatchRemedy}
 * answers most of it for whatever is one patch of one object, from what that object looks like; a replacement of a pod and a suspended
 * Job have protocols of their own. Beside it stands how what runs with a change is watched. Knows no kind of remedy.
 */
@NullMarked
package dev.kubesent.remedy.engine;

import org.jspecify.annotations.NullMarked;
