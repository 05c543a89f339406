//! The situation map, drawn by bevy: every machine is an entity, and a camera of its own takes the picture that the panel shows.
//!
//! What there is to draw comes from [`picture`], as everywhere. Machines that look the same share a mesh, so that thousands of them are drawn
//! together; panning moves the camera and nothing else. The picture goes into a texture and not straight into the window, because tooltips and
//! dialogs lie above it and panels around it.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use bevy::asset::RenderAssetUsages;
use bevy::camera::visibility::{NoFrustumCulling, RenderLayers, VisibilitySystems};
use bevy::camera::{CameraUpdateSystems, ImageRenderTarget, RenderTarget};
use bevy::mesh::{Indices, PrimitiveTopology};
use bevy::prelude::*;
use bevy::render::render_resource::{Extent3d, TextureFormat};
use bevy_egui::{EguiContext, EguiPostUpdateSet, EguiTextureHandle, EguiUserTextures, PrimaryEguiContext};
use egui::epaint::{TessellationOptions, Tessellator};
use egui::{Color32, Rgba, Shape};

use crate::desktop::seat::map::picture::{self, Picture, Stamp, Wanted};

/// What the map is made of is seen by its camera and by no other.
const LAYER: RenderLayers = RenderLayers::layer(1);

/// For so long after the start the map is drawn although nobody sees it, so that its shaders are ready once somebody does.
const WARM: Duration = Duration::from_secs(5);

/// Draws the situation map into a texture.
pub struct SituationPlugin;

impl Plugin for SituationPlugin {
    fn build(&self, app: &mut App) {
        let after = (CameraUpdateSystems, VisibilitySystems::CalculateBounds, TransformSystems::Propagate);
        app.add_systems(PreStartup, prepare)
            .add_systems(PostUpdate, (follow, look).chain().after(EguiPostUpdateSet::EndPass).before(after.0).before(after.1).before(after.2));
    }
}

/// What stands on the map.
#[derive(Resource)]
struct Situation {
    image: Handle<Image>,
    texture: egui::TextureId,
    white: Handle<ColorMaterial>,
    ground: Handle<Mesh>,
    stamps: BTreeMap<Stamp, Handle<Mesh>>,
    machines: Vec<Entity>,
    /// What is drawn at present, and for how many pixels a point.
    drawn: Option<(Arc<Picture>, f32)>,
    /// Which part of it is seen.
    seen: Option<Wanted>,
}

/// A machine on the map.
#[derive(Component)]
struct OnMap;

/// The camera above the map.
#[derive(Component)]
struct Above;

fn prepare(
    mut commands: Commands,
    mut images: ResMut<Assets<Image>>,
    mut meshes: ResMut<Assets<Mesh>>,
    mut materials: ResMut<Assets<ColorMaterial>>,
    mut textures: ResMut<EguiUserTextures>,
) {
    let image = images.add(Image::new_target_texture(64, 64, TextureFormat::Rgba8UnormSrgb, None));
    let texture = textures.add_image(EguiTextureHandle::Strong(image.clone()));
    let white = materials.add(ColorMaterial::default());
    // Something to draw, for the shaders' sake.
    let ground = meshes.add(mesh(vec![Shape::circle_filled(egui::Pos2::ZERO, 4.0, Color32::WHITE)], 1.0));
    commands.spawn((Mesh2d(ground.clone()), MeshMaterial2d(white.clone()), NoFrustumCulling, LAYER));
    let target = RenderTarget::Image(ImageRenderTarget { handle: image.clone(), scale_factor: 1.0 });
    // Edges are softened by what the meshes are made of. It is ready before the windows that show it.
    commands.spawn((Camera2d, Camera { order: -1, ..default() }, target, Msaa::Off, LAYER, Above));
    commands.insert_resource(Situation { image, texture, white, ground, stamps: BTreeMap::new(), machines: Vec::new(), drawn: None, seen: None });
}

/// Takes what the panel wants drawn, and brings the machines into line with it where it is something new.
#[allow(clippy::too_many_arguments, reason = "a system asks for what it needs")]
fn follow(
    mut commands: Commands,
    mut contexts: Query<&mut EguiContext, With<PrimaryEguiContext>>,
    mut situation: ResMut<Situation>,
    mut meshes: ResMut<Assets<Mesh>>,
    mut standing: Query<(&mut Mesh2d, &mut Transform), With<OnMap>>,
) -> Result {
    let mut context = contexts.single_mut()?;
    let context = context.get_mut();
    let situation = &mut *situation;
    picture::drawn_into(context, situation.texture);
    situation.seen = picture::take(context);
    let Some(wanted) = &situation.seen else { return Ok(()) };
    let (picture, pixels_per_point) = (wanted.picture.clone(), wanted.pixels_per_point);
    if situation.drawn.as_ref().is_some_and(|(drawn, pixels)| Arc::ptr_eq(drawn, &picture) && *pixels == pixels_per_point) {
        return Ok(());
    }
    let same_look = situation
        .drawn
        .as_ref()
        .is_some_and(|(drawn, pixels)| (drawn.radius, drawn.dark, *pixels) == (picture.radius, picture.dark, pixels_per_point));
    if !same_look {
        situation.stamps.clear();
    }
    // A mesh that something is drawn with stays where it is and changes.
    let _ = meshes.insert(&situation.ground, mesh(picture.ground.clone(), pixels_per_point));
    for placed in &picture.machines {
        let shapes = || placed.stamp.shapes(picture.radius, picture.palette());
        situation.stamps.entry(placed.stamp).or_insert_with(|| meshes.add(mesh(shapes(), pixels_per_point)));
    }
    // Whatever looks the same lies in one plane: what lies together is drawn together.
    let planes: BTreeMap<Stamp, (Handle<Mesh>, f32)> =
        situation.stamps.iter().zip(1_u8..).map(|((stamp, handle), plane)| (*stamp, (handle.clone(), f32::from(plane)))).collect();
    for gone in situation.machines.drain(picture.machines.len().min(situation.machines.len())..) {
        commands.entity(gone).despawn();
    }
    for (number, placed) in picture.machines.iter().enumerate() {
        let Some((stamp, plane)) = planes.get(&placed.stamp) else { continue };
        let at = Transform::from_xyz(placed.at.x, -placed.at.y, *plane);
        match situation.machines.get(number).and_then(|machine| standing.get_mut(*machine).ok()) {
            Some((mut looks, mut stands)) => {
                if looks.0 != *stamp {
                    looks.0 = stamp.clone();
                }
                stands.set_if_neq(at);
            }
            None => {
                let looks = (Mesh2d(stamp.clone()), MeshMaterial2d(situation.white.clone()));
                situation.machines.push(commands.spawn((looks, at, LAYER, OnMap)).id());
            }
        }
    }
    situation.drawn = Some((picture, pixels_per_point));
    Ok(())
}

/// Points the camera at what is seen of the map.
fn look(
    situation: Res<Situation>,
    time: Res<Time<Real>>,
    mut images: ResMut<Assets<Image>>,
    mut cameras: Query<(&mut Camera, &mut RenderTarget, &mut Projection, &mut Transform), With<Above>>,
) -> Result {
    let (mut camera, mut target, mut projection, mut transform) = cameras.single_mut()?;
    let active = situation.seen.is_some() || time.elapsed() < WARM;
    if camera.is_active != active {
        camera.is_active = active;
    }
    let Some(wanted) = &situation.seen else { return Ok(()) };
    let pixels = picture::pixels(wanted);
    let size = Extent3d { width: pixels.x as u32, height: pixels.y as u32, depth_or_array_layers: 1 };
    if images.get(&situation.image).is_some_and(|image| image.texture_descriptor.size != size)
        && let Some(mut image) = images.get_mut(&situation.image)
    {
        image.resize(size);
        // The camera asks how large its picture is when its projection changes.
        projection.set_changed();
    }
    if let RenderTarget::Image(image) = &mut *target
        && image.scale_factor != wanted.pixels_per_point
    {
        image.scale_factor = wanted.pixels_per_point;
        projection.set_changed();
    }
    let size = pixels / wanted.pixels_per_point;
    let at = Transform::from_xyz(wanted.corner.x + size.x / 2.0, -(wanted.corner.y + size.y / 2.0), 0.0);
    transform.set_if_neq(at);
    let ground = wanted.picture.palette().ground;
    camera.clear_color = ClearColorConfig::Custom(Color::srgb_u8(ground.r(), ground.g(), ground.b()));
    Ok(())
}

/// Shapes as triangles, by the same hand that makes triangles of them in egui.
fn mesh(shapes: Vec<Shape>, pixels_per_point: f32) -> Mesh {
    let mut triangles = egui::Mesh::default();
    let mut tessellator = Tessellator::new(pixels_per_point, TessellationOptions::default(), [1, 1], Vec::new());
    for shape in shapes {
        tessellator.tessellate_shape(shape, &mut triangles);
    }
    let places: Vec<[f32; 3]> = triangles.vertices.iter().map(|vertex| [vertex.pos.x, -vertex.pos.y, 0.0]).collect();
    let colours: Vec<[f32; 4]> = triangles.vertices.iter().map(|vertex| straight(vertex.color)).collect();
    Mesh::new(PrimitiveTopology::TriangleList, RenderAssetUsages::default())
        .with_inserted_attribute(Mesh::ATTRIBUTE_POSITION, places)
        .with_inserted_attribute(Mesh::ATTRIBUTE_COLOR, colours)
        .with_inserted_indices(Indices::U32(triangles.indices))
}

/// A colour as bevy's materials take it: linear, and not multiplied by how opaque it is.
fn straight(colour: Color32) -> [f32; 4] {
    Rgba::from(colour).to_rgba_unmultiplied()
}
