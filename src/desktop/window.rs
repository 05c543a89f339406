//! The windows: bevy carries the application, draws only when something happened, and is woken while a clock runs.
//!
//! There are two at most: the console, which is there as long as the application, and the projector, whose window, camera and egui context come
//! and go together. A window that is made hidden and shown later would be simpler, but Wayland cannot hide one.
//!
//! Where there is no display or no graphics device, [`open`] says so before anything is shown, so that the caller can do without.

mod chords;
mod situation;

use std::collections::BTreeMap;
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bevy::camera::RenderTarget;
use bevy::ecs::schedule::ScheduleLabel;
use bevy::input::InputSystems;
use bevy::input::keyboard::KeyboardInput;
use bevy::log::{Level, LogPlugin};
use bevy::prelude::*;
use bevy::window::{
    ExitCondition, FileDragAndDrop, Monitor, MonitorSelection, OnMonitor, PresentMode, PrimaryWindow, RequestRedraw, WindowCloseRequested,
    WindowMode, WindowPosition, WindowRef, WindowResizeConstraints,
};
use bevy::winit::{UpdateMode, WinitSettings};
use bevy_egui::{
    EguiContext, EguiContexts, EguiGlobalSettings, EguiInput, EguiManagedTextures, EguiPlugin, EguiPreUpdateSet, EguiPrimaryContextPass,
    EguiSchedule, PrimaryEguiContext,
};
use egui::{LayerId, Ui, UiBuilder};

use self::chords::ChordsPlugin;
use self::situation::SituationPlugin;
use super::application::Application;
use super::keep::Folder;
use super::theme;

/// Why there is no window, as a sentence without a full stop.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{0}")]
pub struct NoWindow(String);

/// While nothing runs, nothing has to be drawn: this is only a safety net.
const ASLEEP: Duration = Duration::from_secs(60);

/// For so long after the start pictures follow one another.
const WAKING: Duration = Duration::from_secs(5);

/// The application, beside the window. It stays on the main thread: what it plays and writes need not be fit for several.
struct Desk(Application);

/// The projector's window.
#[derive(Component)]
struct ProjectorWindow;

/// The projector's camera, which carries its egui context.
#[derive(Component)]
struct ProjectorCamera;

/// When the projector is drawn: every egui context needs a schedule of its own.
#[derive(ScheduleLabel, Clone, PartialEq, Eq, Hash, Debug)]
struct ProjectorPass;

/// Which monitor the console stood on last.
#[derive(Resource, Default)]
struct Stood(Option<Entity>);

/// Opens the window and stays until it is closed. `data` is where sessions are kept; the user's data folder where none is given.
///
/// # Errors
/// There is no display, or nothing to draw with.
pub fn open(data: Option<&Path>) -> Result<(), NoWindow> {
    display()?;
    let application = Application::new(Folder::find(data), rand::random::<u32>().into());
    let shown = Arc::new(AtomicBool::new(false));
    let said: Arc<Mutex<Option<String>>> = Arc::default();
    // What goes wrong before the first picture is told in one sentence by the caller; afterwards it is a fault like any other.
    let usual = panic::take_hook();
    {
        let (shown, said) = (shown.clone(), said.clone());
        panic::set_hook(Box::new(move |about| {
            if shown.load(Ordering::Relaxed) {
                usual(about);
            } else if let Ok(mut said) = said.lock() {
                let text = about.payload().downcast_ref::<String>().cloned();
                let text = text.or_else(|| about.payload().downcast_ref::<&str>().map(|text| (*text).to_owned()));
                said.get_or_insert(text.unwrap_or_else(|| "the window could not be opened".to_owned()));
            }
        }));
    }
    let seen = shown.clone();
    let ended = panic::catch_unwind(AssertUnwindSafe(move || app(application, seen).run()));
    let _ = panic::take_hook();
    match ended {
        Ok(_) => Ok(()),
        Err(cause) if shown.load(Ordering::Relaxed) => panic::resume_unwind(cause),
        Err(_) => {
            let said = said.lock().ok().and_then(|said| said.clone()).unwrap_or_default();
            let line = said.lines().next().unwrap_or_default().chars().take(120).collect::<String>();
            Err(NoWindow(format!("the window could not be opened ({line})")))
        }
    }
}

/// Whether there is a display to speak of. A variable that leads nowhere is as good as none.
fn display() -> Result<(), NoWindow> {
    #[cfg(all(unix, not(target_os = "macos")))]
    {
        use std::os::unix::net::UnixStream;
        use std::path::PathBuf;
        let set = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        let (wayland, x11) = (set("WAYLAND_DISPLAY"), set("DISPLAY"));
        if wayland.is_none() && x11.is_none() {
            return Err(NoWindow("there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set)".to_owned()));
        }
        let folder = set("XDG_RUNTIME_DIR").map(PathBuf::from).unwrap_or_default();
        if wayland.is_some_and(|name| UnixStream::connect(folder.join(name)).is_ok()) {
            return Ok(());
        }
        if let Some(name) = x11 {
            let number =
                name.strip_prefix("unix").unwrap_or(&name).strip_prefix(':').map(|number| number.split('.').next().unwrap_or(number).to_owned());
            // One on another machine is tried when the window opens.
            if number.is_none_or(|number| UnixStream::connect(format!("/tmp/.X11-unix/X{number}")).is_ok()) {
                return Ok(());
            }
        }
        Err(NoWindow("the display that DISPLAY or WAYLAND_DISPLAY names does not answer".to_owned()))
    }
    #[cfg(not(all(unix, not(target_os = "macos"))))]
    Ok(())
}

/// Set once the first picture is drawn.
#[derive(Resource)]
struct Shown(Arc<AtomicBool>);

fn window(title: &str) -> Window {
    Window {
        title: title.to_owned(),
        name: Some("hotwash".to_owned()),
        resolution: (1280, 720).into(),
        resize_constraints: WindowResizeConstraints { min_width: 640.0, min_height: 400.0, ..default() },
        present_mode: PresentMode::AutoVsync,
        ..default()
    }
}

fn app(application: Application, shown: Arc<AtomicBool>) -> App {
    let windows = WindowPlugin {
        primary_window: Some(window("Hotwash - EXERCISE")),
        // Closing the console ends the application; closing the projector only puts it away. Bevy knows no difference.
        close_when_requested: false,
        exit_condition: ExitCondition::OnPrimaryClosed,
        ..default()
    };
    let log = LogPlugin { level: Level::ERROR, filter: "wgpu=off,naga=off,bevy_winit=off".to_owned(), ..default() };
    let mut app = App::new();
    app.add_plugins(DefaultPlugins.set(windows).set(log))
        .add_plugins((EguiPlugin::default(), ChordsPlugin, SituationPlugin))
        .insert_resource(ClearColor(Color::BLACK))
        .insert_resource(asleep())
        .insert_non_send(Desk(application))
        .insert_resource(Shown(shown))
        .init_resource::<Stood>()
        .add_systems(PreStartup, camera)
        .add_systems(
            PreUpdate,
            (
                (keys, closed, projector).chain().after(InputSystems).before(EguiPreUpdateSet::InitContexts),
                calm.after(EguiPreUpdateSet::ProcessInput).before(EguiPreUpdateSet::BeginPass),
            ),
        )
        .add_systems(Update, (pass, dropped))
        .add_systems(EguiPrimaryContextPass, draw)
        .add_systems(ProjectorPass, draw_projector)
        .add_systems(Last, (closing, stay));
    app
}

fn asleep() -> WinitSettings {
    WinitSettings { focused_mode: UpdateMode::reactive_low_power(ASLEEP), unfocused_mode: UpdateMode::reactive_low_power(ASLEEP) }
}

fn camera(mut commands: Commands, mut settings: ResMut<EguiGlobalSettings>) {
    settings.auto_create_primary_context = false;
    commands.spawn((Camera2d, Msaa::Off, PrimaryEguiContext));
}

/// Keys that belong to windows and not to what they show: F9 opens and closes the projector, F11 gives a window the whole screen and takes it back.
fn keys(mut pressed: MessageReader<KeyboardInput>, mut desk: NonSendMut<Desk>, mut windows: Query<(&mut Window, Has<ProjectorWindow>)>) {
    for key in pressed.read().filter(|key| key.state.is_pressed() && !key.repeat) {
        match key.key_code {
            KeyCode::F9 => {
                let shown = desk.0.projector();
                desk.0.show_projector(!shown);
            }
            KeyCode::F11 | KeyCode::Escape => {
                let Ok((mut window, projector)) = windows.get_mut(key.window) else { continue };
                let whole = window.mode != WindowMode::Windowed;
                // At the console, Escape has other work.
                if key.key_code == KeyCode::Escape && !(projector && whole) {
                    continue;
                }
                window.mode = if whole { WindowMode::Windowed } else { WindowMode::BorderlessFullscreen(MonitorSelection::Current) };
            }
            _ => {}
        }
    }
}

/// Somebody wants a window to close.
fn closed(
    mut requests: MessageReader<WindowCloseRequested>,
    mut desk: NonSendMut<Desk>,
    primary: Query<(), With<PrimaryWindow>>,
    mut exits: MessageWriter<AppExit>,
) {
    for request in requests.read() {
        if !primary.contains(request.window) {
            desk.0.show_projector(false);
        } else if desk.0.may_close() {
            exits.write(AppExit::Success);
        }
    }
    // Whoever was asked first has answered.
    if desk.0.closes() {
        exits.write(AppExit::Success);
    }
}

/// Brings the projector's window, or puts it away. The camera goes a frame before the window: a camera must not look into one that is gone.
#[allow(clippy::too_many_arguments, reason = "a system asks for what it needs")]
fn projector(
    mut commands: Commands,
    mut desk: NonSendMut<Desk>,
    windows: Query<Entity, With<ProjectorWindow>>,
    cameras: Query<Entity, With<ProjectorCamera>>,
    console: Query<&OnMonitor, With<PrimaryWindow>>,
    stood: Res<Stood>,
    monitors: Query<Entity, With<Monitor>>,
    mut textures: ResMut<EguiManagedTextures>,
    mut redraw: MessageWriter<RequestRedraw>,
) {
    let wanted = desk.0.projector();
    match (windows.single().ok(), cameras.single().ok()) {
        (None, None) if wanted => {
            let console = console.single().ok().map(|on| on.0).or(stood.0);
            let mut window = Window { focused: false, ..window("Projector - Hotwash - EXERCISE") };
            // A second screen is the projector, and it wants the whole of it. With one screen only, or where nobody knows which
            // the console stands on, it is a window like any other.
            if let Some(console) = console
                && let Some(other) = monitors.iter().find(|monitor| *monitor != console)
            {
                window.position = WindowPosition::Centered(MonitorSelection::Entity(other));
                window.mode = WindowMode::BorderlessFullscreen(MonitorSelection::Entity(other));
            }
            let window = commands.spawn((window, ProjectorWindow)).id();
            let target = RenderTarget::Window(WindowRef::Entity(window));
            commands.spawn((Camera2d, Msaa::Off, target, EguiSchedule::new(ProjectorPass), ProjectorCamera));
            redraw.write(RequestRedraw);
        }
        (window, Some(camera)) if !wanted || window.is_none() => {
            // Its monitor may have been unplugged: then it has not been put away, but it is gone.
            desk.0.show_projector(false);
            commands.entity(camera).despawn();
            // bevy_egui 0.42 keeps what a context has drawn its letters with, whether or not the context is still there.
            textures.retain(|(context, _), _| *context != camera);
            redraw.write(RequestRedraw);
        }
        (Some(window), None) => commands.entity(window).despawn(),
        _ => {}
    }
}

/// Bevy takes away the windows of a monitor that is unplugged. The system moves them instead, as soon as it is no longer known which monitor
/// they are on.
fn stay(mut commands: Commands, windows: Query<(Entity, &OnMonitor, Has<PrimaryWindow>)>, mut stood: ResMut<Stood>) {
    for (window, on, primary) in &windows {
        if primary {
            stood.0 = Some(on.0);
        }
        commands.entity(window).remove::<OnMonitor>();
    }
}

/// bevy_egui 0.42 tells egui in every frame which modifier keys are down, and egui 0.36 draws again after every event: together they would draw
/// for ever. Only a change is news.
fn calm(mut inputs: Query<(Entity, &mut EguiInput)>, mut last: Local<BTreeMap<Entity, egui::Modifiers>>) {
    last.retain(|context, _| inputs.contains(*context));
    for (context, mut input) in &mut inputs {
        input.events.retain(|event| match event {
            egui::Event::ModifiersChanged(modifiers) => last.insert(context, *modifiers) != Some(*modifiers),
            _ => true,
        });
    }
}

/// Lets the exercise go on by the time that has passed, and says when to be woken again.
fn pass(mut desk: NonSendMut<Desk>, time: Res<Time<Real>>, mut winit: ResMut<WinitSettings>) {
    desk.0.pass(time.delta());
    // Shaders are made ready beside the first pictures, which stay empty until then; nothing else would ask for another.
    let wait = if time.elapsed() < WAKING { Duration::from_millis(50) } else { desk.0.wants_redraw().unwrap_or(ASLEEP) };
    // A projector or a second screen seldom has the keyboard: unfocused is not unseen.
    let mode = UpdateMode::reactive_low_power(wait);
    if winit.focused_mode != mode {
        winit.focused_mode = mode;
        winit.unfocused_mode = mode;
    }
}

fn dropped(mut desk: NonSendMut<Desk>, mut files: MessageReader<FileDragAndDrop>) {
    for file in files.read() {
        if let FileDragAndDrop::DroppedFile { path_buf, .. } = file {
            desk.0.dropped(&path_buf.to_string_lossy());
        }
    }
}

fn draw(mut desk: NonSendMut<Desk>, mut contexts: EguiContexts, mut clear: ResMut<ClearColor>, shown: Res<Shown>) -> Result {
    let context = contexts.ctx_mut()?;
    let rect = context.viewport_rect();
    let mut ui = Ui::new(context.clone(), "root".into(), UiBuilder::new().layer_id(LayerId::background()).max_rect(rect));
    desk.0.ui(&mut ui);
    let ground = if desk.0.look.dark { theme::DARK.ground } else { theme::LIGHT.ground };
    let ground = Color::srgb_u8(ground.r(), ground.g(), ground.b());
    if clear.0 != ground {
        clear.0 = ground;
    }
    shown.0.store(true, Ordering::Relaxed);
    Ok(())
}

fn draw_projector(mut desk: NonSendMut<Desk>, mut contexts: Query<&mut EguiContext, With<ProjectorCamera>>) -> Result {
    let mut context = contexts.single_mut()?;
    let context = context.get_mut();
    // bevy_egui asks for this when a context is made, and only where its window is already there.
    context.enable_accesskit();
    let rect = context.viewport_rect();
    let mut ui = Ui::new(context.clone(), "root".into(), UiBuilder::new().layer_id(LayerId::background()).max_rect(rect));
    desk.0.projector_ui(&mut ui);
    Ok(())
}

fn closing(mut desk: NonSendMut<Desk>, mut exits: MessageReader<AppExit>) {
    if exits.read().next().is_some() {
        desk.0.closing();
    }
}
