/** Flights of the visitor's body, one at a time: a new one, a step or a jump ends the one before. */

import type { Gaze, Stage } from "../contract.ts";
import type { Body } from "./body.ts";
import { wantsLessMotion } from "../less_motion.ts";
import { fadeOver } from "./fade.ts";
import { type Flight, flightBetween } from "./flight.ts";

export interface Flights {
  /** Whether one is under way. */
  readonly under: boolean;
  /** Fly there; true if it arrived. In a headset, and for visitors who want no motion, it is a jump. */
  begin(goal: Gaze, seconds?: number): Promise<boolean>;
  /** So many seconds further. */
  step(seconds: number): void;
  /** End it where it is. */
  end(): void;
}

/** `began`: frames are wanted. `landed`: it is over, at its end or before. */
export function makeFlights(stage: Stage, body: Body, told: { began(): void; landed(): void }): Flights {
  let flying: { flight: Flight; seconds: number; done(arrived: boolean): void } | undefined;
  /** Of the last jump that was asked for; one that was overtaken does not happen. */
  let jump = 0;

  function land(arrived: boolean): void {
    jump++;
    const ended = flying;
    flying = undefined;
    if (!ended) return;
    told.landed();
    ended.done(arrived);
  }

  return {
    get under() {
      return flying !== undefined;
    },
    async begin(goal, seconds) {
      land(false);
      if (stage.renderer.xr.isPresenting) {
        body.put(goal);
        told.landed();
        return true;
      }
      if (wantsLessMotion()) {
        const mine = jump;
        let arrived = false;
        await fadeOver(stage.canvas, () => {
          arrived = mine === jump;
          if (!arrived) return;
          body.put(goal);
          told.landed();
        });
        return arrived;
      }
      told.began();
      return await new Promise<boolean>((done) => {
        flying = { flight: flightBetween(body.gaze(), goal, seconds), seconds: 0, done };
      });
    },
    step(seconds) {
      if (!flying) return;
      flying.seconds += seconds;
      body.put(flying.flight.at(flying.seconds));
      if (flying.seconds >= flying.flight.seconds) land(true);
    },
    end: () => land(false),
  };
}
