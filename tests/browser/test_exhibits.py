"""Exhibits in a real browser: forms by distance, failures, what is hit, copies for AR, motion, and all memory given back."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.browser.looking import brightness, colours, difference, screenshot
from tests.browser.test_halls import ALL_DRAWN, ALL_EXHIBITS, DRAWN, NO_EXHIBITS
from tests.browser.visitors import Visitors
from tests.browser.walking import SMALL
from tests.serving import Service

Visit = Callable[..., Page]
NewContext = Callable[..., BrowserContext]

ROBOT = "exhibits/welding-robot"
STATE = "([id, state]) => window.exhibit.hall.exhibits.all.get(id)?.state === state"
STAND_OFF = """([id, metres]) => {
    const { hall, walker, stage } = window.exhibit;
    const box = hall.exhibits.all.get(id).bounds;
    const gaze = walker.gaze();
    const x = (box.min.x + box.max.x) / 2, z = (box.min.z + box.max.z) / 2;
    const [dx, dz] = [0 - x, 0 - z];
    const far = Math.hypot(dx, dz) || 1;
    gaze.position.set(x + dx / far * metres, 0, z + dz / far * metres);
    walker.stand({ position: gaze.position, yaw: Math.atan2(dx, dz), pitch: -0.15 });
    stage.invalidate();
}"""


@pytest.fixture(scope="module")
def shanghai(visitors: Visitors) -> Iterator[Page]:
    """The Shanghai hall, for tests that leave it as it was."""
    with visitors.alone("shanghai", "?lang=zh-Hans", viewport=SMALL, looked_at=True) as page:
        page.evaluate("() => { window.exhibit.hall.boards.root.visible = false; }")
        yield page


def stand_off(page: Page, metres: float, exhibit: str = ROBOT) -> None:
    """Stand so far from an exhibit, towards the hall's middle, and look at it."""
    page.evaluate(STAND_OFF, [exhibit, metres])
    page.evaluate(DRAWN)


def test_an_exhibit_is_full_from_near_and_coarser_from_afar(shanghai: Page) -> None:
    shanghai.evaluate("() => window.exhibit.stage.prefer('low')")
    stand_off(shanghai, 1.5)
    shanghai.wait_for_function(STATE, arg=[ROBOT, "full"])
    stand_off(shanghai, 9)
    shanghai.wait_for_function(STATE, arg=[ROBOT, "lod"])
    stand_off(shanghai, 1.5)
    shanghai.wait_for_function(STATE, arg=[ROBOT, "full"])


def test_an_exhibit_is_seen_where_it_stands(shanghai: Page) -> None:
    stand_off(shanghai, 1.8)
    shanghai.wait_for_function(STATE, arg=[ROBOT, "full"])
    part = {"x": 150, "y": 60, "width": 180, "height": 200}
    shanghai.evaluate(DRAWN)
    seen = screenshot(shanghai, clip=part)
    shanghai.evaluate(NO_EXHIBITS)
    shanghai.evaluate(DRAWN)
    empty = screenshot(shanghai, clip=part)
    shanghai.evaluate(ALL_EXHIBITS)
    changed = abs(seen.astype(int) - empty.astype(int)).max(axis=-1) > 24
    assert difference(seen, empty) > 0.05
    exhibit = seen[changed]
    assert 25 < brightness(exhibit) < 235
    assert colours(exhibit) > 25


def test_a_model_is_drawn_with_fewer_calls_than_it_has_parts(shanghai: Page) -> None:
    stand_off(shanghai, 1.5)
    shanghai.wait_for_function(STATE, arg=[ROBOT, "full"])
    drawn, told = shanghai.evaluate(
        """(id) => {
            const { root, exhibit } = window.exhibit.hall.exhibits.all.get(id);
            let meshes = 0;
            root.traverse((part) => { if (part.isMesh) meshes += 1; });
            return [meshes, exhibit.model.variants[0].drawCalls];
        }""",
        ROBOT,
    )
    assert 0 < drawn < told


def test_a_model_that_fails_shows_its_picture_with_a_sign(
    new_context: NewContext, service: Service, visit: Visit
) -> None:
    context = new_context(watch=False)
    manifest = context.request.get(f"{service.url}/v1/halls/shanghai/manifest").json()
    robot = next(one for one in manifest["exhibits"] if one["id"] == ROBOT)
    page = context.new_page()
    for file in [*robot["model"]["variants"], *robot["model"]["lods"]]:
        name = file["url"].rsplit("/", 1)[1]
        if name.endswith(".glb"):
            page.route(f"**/{name}", lambda route: route.fulfill(status=404, body="gone"))
    visit("shanghai", on=page)
    page.wait_for_function(STATE, arg=[ROBOT, "failed"])
    page.wait_for_function("() => window.exhibit.hall.exhibits.root.getObjectByName('fault') !== undefined")
    page.wait_for_function("() => window.exhibit.hall.exhibits.root.getObjectByName('poster') !== undefined")
    page.wait_for_function(
        """(id) => [...window.exhibit.hall.exhibits.all.values()].every(
            (one) => one.id === id || ["lod", "full"].includes(one.state))""",
        arg=ROBOT,
    )


def test_a_broken_file_is_a_fault_of_its_exhibit_alone(new_context: NewContext, service: Service, visit: Visit) -> None:
    context = new_context(watch=False)
    manifest = context.request.get(f"{service.url}/v1/halls/shanghai/manifest").json()
    fan = next(one for one in manifest["exhibits"] if one["id"] == "exhibits/turbofan")
    page = context.new_page()
    [master] = [one for one in fan["model"]["variants"] if one["profile"] == "master"]
    junk = b"glTF" + bytes(master["bytes"] - 4)
    # Right in length, wrong in all else; where the digest is not looked at, the parser must bear it.
    page.route(f"**/{master['url'].rsplit('/', 1)[1]}", lambda route: route.fulfill(body=junk))
    visit("shanghai", on=page)
    page.wait_for_function(STATE, arg=["exhibits/turbofan", "failed"])
    assert page.evaluate("() => window.exhibit.hall.exhibits.all.get('exhibits/turbofan').fault.length") > 5


def test_a_ray_hits_the_exhibit_that_one_looks_at(shanghai: Page) -> None:
    stand_off(shanghai, 2)
    shanghai.wait_for_function(STATE, arg=[ROBOT, "full"])
    hit, behind = shanghai.evaluate(
        """() => {
            const { hall, stage } = window.exhibit;
            const box = hall.exhibits.all.get("exhibits/welding-robot").bounds;
            const eye = stage.camera.getWorldPosition(box.min.clone());
            const to = box.getCenter(box.min.clone()).sub(eye);
            const found = hall.exhibits.at(eye, to);
            return [[found?.exhibit.id, found?.distance], hall.exhibits.at(eye, eye.clone().set(0, 1, 0))?.exhibit.id];
        }"""
    )
    assert hit[0] == ROBOT
    assert 0.5 < hit[1] < 4
    assert behind is None


def test_the_chosen_exhibit_is_marked_and_no_other(shanghai: Page) -> None:
    marks = "() => window.exhibit.hall.exhibits.root.children.filter(({ name }) => name === 'mark').length"
    shanghai.evaluate("() => window.exhibit.hall.exhibits.mark('exhibits/turbofan')")
    shanghai.evaluate("() => window.exhibit.hall.exhibits.mark('exhibits/micrometer')")
    assert shanghai.evaluate(marks) == 1
    shanghai.evaluate("() => window.exhibit.hall.exhibits.mark(undefined)")
    assert shanghai.evaluate(marks) == 0


def test_a_copy_has_the_exhibits_true_size_and_stands_on_its_origin(shanghai: Page) -> None:
    copy, told = shanghai.evaluate(
        """async () => {
            const { exhibits } = window.exhibit.hall;
            const { bounds } = exhibits.all.get("exhibits/welding-robot");
            const copy = await exhibits.copyOf("exhibits/welding-robot");
            copy.updateMatrixWorld(true);
            const box = bounds.clone().setFromObject(copy, true);
            const size = (one) => ["x", "y", "z"].map((axis) => one.max[axis] - one.min[axis]);
            return [[size(box), box.min.y, (box.min.x + box.max.x) / 2], size(bounds)];
        }"""
    )
    size, ground, middle = copy
    assert all(abs(one - other) < 0.12 for one, other in zip(size, told, strict=True)), (size, told)
    assert abs(ground) < 0.05
    assert abs(middle) < 0.06


MOVED = """(id) => {
    const poses = [];
    window.exhibit.hall.exhibits.all.get(id).root.traverse((part) => poses.push(...part.quaternion.toArray()));
    return poses.reduce((sum, part, at) => sum + part * (at % 97), 0);
}"""


def test_a_near_exhibit_rests_where_motion_is_not_wanted(shanghai: Page) -> None:
    stand_off(shanghai, 1.5)
    shanghai.wait_for_function(STATE, arg=[ROBOT, "full"])
    pose = shanghai.evaluate(MOVED, ROBOT)
    for _ in range(3):
        shanghai.evaluate(DRAWN)
    assert shanghai.evaluate(MOVED, ROBOT) == pose


def test_a_near_exhibit_moves(new_context: NewContext, visit: Visit) -> None:
    moving = visit("shanghai", on=new_context(reduced_motion="no-preference").new_page())
    stand_off(moving, 1.5)
    moving.wait_for_function(STATE, arg=[ROBOT, "full"])
    pose = moving.evaluate(MOVED, ROBOT)
    moving.wait_for_function(f"([id, pose]) => Math.abs(({MOVED})(id) - pose) > 1e-6", arg=[ROBOT, pose])


def test_ten_changes_of_hall_leave_nothing_behind(new_context: NewContext, visit: Visit) -> None:
    page = visit("zhejiang", on=new_context(viewport={"width": 320, "height": 200}).new_page())
    memory = """() => {
        const { geometries, textures } = window.exhibit.stage.renderer.info.memory;
        return { geometries, textures, programs: window.exhibit.stage.renderer.info.programs.length };
    }"""
    home = "(slug) => window.exhibit.hall?.slug === slug"

    def settled() -> dict[str, int]:
        page.wait_for_function(ALL_DRAWN)
        page.evaluate("() => { window.exhibit.hall.boards.root.visible = false; }")
        page.evaluate(DRAWN)
        found: dict[str, int] = page.evaluate(memory)
        return found

    settled()
    for hall in ("joint", "zhejiang"):
        page.evaluate("(slug) => window.exhibit.open(slug)", hall)
        page.wait_for_function(home, arg=hall)
        page.wait_for_function(ALL_DRAWN)
    before = settled()
    for hall in ("joint", "anhui", "joint", "zhejiang") * 2 + ("joint", "zhejiang"):
        page.evaluate("(slug) => window.exhibit.open(slug)", hall)
        page.wait_for_function(home, arg=hall)
        page.evaluate(DRAWN)
    after = settled()
    assert after["geometries"] <= before["geometries"] + 4, (before, after)
    assert after["textures"] <= before["textures"] + 4, (before, after)
    assert after["programs"] <= before["programs"] + 2, (before, after)
