/** One exhibit where it stands: what is shown of it, and what it could show. */

import { type AnimationMixer, Box3, Group, type Object3D, Vector3 } from "three";
import type { Exhibit, Shown, ShownExhibit } from "../contract.ts";
import type { Seen } from "./sight.ts";
import { marksOf, type Rung } from "./ladder.ts";
import { faultSign } from "./marking.ts";
import type { Model } from "./models.ts";
import { mixerOf } from "./motion.ts";
import type { Poster } from "./posters.ts";

/** An exhibit that does not tell its size is taken for a box of this side, in metres. */
const UNKNOWN = 0.5;

export class Stand implements ShownExhibit {
  readonly id: string;
  readonly root = new Group();
  readonly bounds = new Box3();
  state: Shown = "nothing";
  fault?: string;
  /** What it could show, coarsest first, and from which size on; rungs that failed are taken out. */
  rungs: Rung[];
  marks: number[];
  /** Index of what is wanted. */
  wanted = 0;
  /** Of what is shown or on its way. */
  rung: Rung | undefined;
  coming: Rung | undefined;
  seen: Seen = { size: 0, distance: Infinity, inView: false, ahead: false };
  model: Model | undefined;
  content: Object3D | undefined;
  mixer: AnimationMixer | undefined;
  poster: Poster | undefined;
  /** Whether the visitor looks into it. */
  isMarked = false;
  /** Whether the bytes of its full model are here. */
  here = false;
  /** Whether a poster is being made, or cannot be made. */
  posterAsked = false;
  #sign: Object3D | undefined;

  constructor(readonly exhibit: Exhibit, rungs: Rung[]) {
    this.id = exhibit.id;
    this.rungs = rungs;
    this.marks = marksOf(rungs);
    this.root.name = exhibit.id;
    const { translation, rotation, scale } = exhibit.pose;
    this.root.position.fromArray(translation);
    this.root.quaternion.fromArray(rotation);
    this.root.scale.fromArray(scale);
    this.root.updateMatrix();
    this.root.matrixAutoUpdate = false;
    if (exhibit.bounds) this.bounds.set(new Vector3(...exhibit.bounds.min), new Vector3(...exhibit.bounds.max));
    else {this.bounds.setFromCenterAndSize(this.root.position, new Vector3(UNKNOWN, UNKNOWN, UNKNOWN)).translate(
        new Vector3(0, UNKNOWN / 2, 0),
      );}
  }

  /** Show a model; gives back the one that it replaces. */
  show(model: Model, rung: Rung): Model | undefined {
    const before = this.clear();
    this.model = model;
    this.rung = rung;
    this.content = model.copy();
    this.mixer = mixerOf(this.content, model.clips);
    this.mixer?.update(0);
    this.root.add(this.content);
    this.content.updateMatrixWorld(true);
    if (!this.exhibit.bounds) this.#measure(this.content);
    this.state = this.broken ? "failed" : rung.form;
    return before;
  }

  /** Show no model; gives back the one that was shown. */
  clear(): Model | undefined {
    const { model } = this;
    if (this.content) {
      this.mixer?.stopAllAction();
      this.mixer?.uncacheRoot(this.content);
      this.content.removeFromParent();
      this.content.traverse((part) => "skeleton" in part && (part.skeleton as { dispose(): void }).dispose());
    }
    this.model =
      this.content =
      this.mixer =
      this.rung =
        undefined;
    this.state = this.broken ? "failed" : this.poster ? "poster" : "nothing";
    return model;
  }

  /** A rung failed: it is not tried again, and the coarser ones are shown. Without its full model an exhibit has failed. */
  fail(rung: Rung, message: string): void {
    this.rungs = this.rungs.filter((one) => one !== rung);
    this.marks = marksOf(this.rungs);
    this.fault ??= message;
    if (this.broken) this.state = "failed";
  }

  /** Whether its full model cannot be shown. */
  get broken(): boolean {
    return this.fault !== undefined && !this.rungs.some(({ form }) => form === "full");
  }

  /** Put up or take down the sign of a fault, below `hall`. */
  sign(hall: Object3D): void {
    if (this.broken === (this.#sign !== undefined)) return;
    this.#sign?.removeFromParent();
    this.#sign = this.broken ? faultSign(this.bounds) : undefined;
    if (this.#sign) hall.add(this.#sign);
  }

  #measure(content: Object3D): void {
    content.updateWorldMatrix(true, true);
    const world = new Box3().setFromObject(content);
    const hall = this.root.parent;
    if (world.isEmpty() || !hall) return;
    hall.updateWorldMatrix(true, false);
    this.bounds.copy(world).applyMatrix4(hall.matrixWorld.clone().invert());
  }
}
