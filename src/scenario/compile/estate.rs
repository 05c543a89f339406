//! The estate: machines counted out, groups flattened, services and what they rest on.

use super::Compiler;
use super::text::numbered;
use crate::ids::*;
use crate::scenario::located::Place;
use crate::scenario::program::{Asset, Data, Group, Link, LinkEnd, Login, Public, RestsOn, Segment, Sensor, Service, Workaround};
use crate::scenario::reference::{self as kind, Kind, Ref};
use crate::scenario::written;
use crate::time::Span;

/// The ids of the machines that a written asset stands for: its own, or `id-01` and so on. The width of the number grows with the count.
pub fn expanded(asset: &written::Asset) -> Vec<String> {
    match &asset.count {
        None => vec![asset.id.text.clone()],
        Some(count) => {
            let width = count.value.to_string().len().max(2);
            (1..=count.value).map(|number| format!("{}-{number:0width$}", asset.id.text)).collect()
        }
    }
}

impl Compiler<'_> {
    /// The machines that a list of references means.
    pub fn machines<K: Kind>(&self, refs: &[Ref<K>]) -> AssetSet {
        let mut set = AssetSet::with_room(self.names.count(IdKind::Asset));
        for written in refs {
            if let Some(more) = self.machines_of(written) {
                more.iter().for_each(|asset| {
                    set.insert(asset);
                });
            }
        }
        set
    }

    fn machines_of<K: Kind>(&self, written: &Ref<K>) -> Option<AssetSet> {
        if written.text == "all" && K::WORDS.contains(&"all") {
            return Some((0..self.names.count(IdKind::Asset)).map(AssetId::at).collect());
        }
        if let Some(asset) = self.names.find::<AssetId>(written) {
            return Some([asset].into_iter().collect());
        }
        if let Some(group) = self.names.find::<GroupId>(written) {
            let set = self.group_sets.get(group.index()).cloned();
            if set.is_none() {
                self.problem(written.at, format!("the group `{written}` stands further down; a group can only hold groups that stand before it"));
            }
            return set;
        }
        self.problem(written.at, self.names.unknown(&[IdKind::Asset, IdKind::Group], written));
        None
    }

    pub fn optional_machines(&self, refs: &[Ref<kind::AssetOrGroup>]) -> Option<AssetSet> {
        (!refs.is_empty()).then(|| self.machines(refs))
    }

    /// Segments, machines and groups; everything else that names machines needs these first.
    pub fn ground(&mut self, estate: &written::Estate, public: &mut Public) {
        for segment in &estate.segments {
            let to_others: Vec<_> = segment.talks_to.iter().filter(|to| to.text != "internet").collect();
            public.segments.push(Segment {
                id: segment.id.text.clone(),
                text: self.text_or(segment.text.as_deref(), &segment.id),
                talks_to: to_others.iter().filter_map(|to| self.id(to)).collect(),
                internet: to_others.len() < segment.talks_to.len(),
            });
        }
        for asset in &estate.assets {
            let segment = self.id(&asset.segment).unwrap_or_default();
            let name = self.text_of_each(&asset.named, asset.count.as_ref().map_or(1, |count| usize::from(count.value)));
            let first = public.assets.len();
            for (place, id) in expanded(asset).into_iter().enumerate() {
                public.assets.push(Asset {
                    id,
                    name: if asset.count.is_some() { numbered(&name, place + 1) } else { name.clone() },
                    text: self.text_or(asset.text.as_deref(), asset.kind.label()),
                    kind: asset.kind,
                    segment,
                });
            }
            if let Some(count) = &asset.count {
                if count.value == 0 {
                    self.problem(count.at, "there has to be at least one machine; leave the asset out instead".to_owned());
                }
                let set = (first..public.assets.len()).map(AssetId::at).collect();
                self.enter_group(public, asset.id.text.clone(), self.text_or(asset.text.as_deref(), &asset.id), set);
            }
        }
        for group in &estate.groups {
            let set = self.machines(&group.of);
            self.enter_group(public, group.id.text.clone(), self.text_or(group.text.as_deref(), &group.id), set);
        }
    }

    fn enter_group(&mut self, public: &mut Public, id: String, text: String, set: AssetSet) {
        self.group_sets.push(set.clone());
        public.groups.push(Group { id, text, assets: set });
    }

    /// Data, logins, links, services and sensors. Returns which backups are out of reach.
    pub fn estate(&self, estate: &written::Estate, public: &mut Public) -> Vec<bool> {
        for data in &estate.data {
            let mut restores_assets = AssetSet::with_room(public.assets.len());
            let mut restores_data = Vec::new();
            for restored in &data.restores {
                match self.names.find::<DataId>(restored) {
                    Some(other) => restores_data.push(other),
                    None => self.machines(std::slice::from_ref(restored)).iter().for_each(|asset| {
                        restores_assets.insert(asset);
                    }),
                }
            }
            public.data.push(Data {
                id: data.id.text.clone(),
                text: self.text_or(data.text.as_deref(), &data.id),
                hosts: self.machines(std::slice::from_ref(&data.on)),
                records: data.records.value,
                about: data.about.clone(),
                sensitive: data.sensitive,
                restores_assets,
                restores_data,
                made: data.made.as_ref().map_or(Span::ZERO, |made| made.value),
                is_backup: !data.restores.is_empty(),
            });
        }
        for login in &estate.logins {
            public.logins.push(Login {
                id: login.id.text.clone(),
                name: self.text_or(login.named.as_deref(), &login.id),
                text: self.text_or(login.text.as_deref(), &login.id),
                level: login.level,
                opens: self.machines(&login.opens),
                lies_on: self.machines(&login.lies_on),
            });
        }
        for link in &estate.links {
            public.links.push(Link {
                id: link.id.text.clone(),
                text: self.text_or(link.text.as_deref(), &link.id),
                from: self.link_end(&link.from).unwrap_or(LinkEnd::Internet),
                to: self.machines(&link.to),
                runs_as: link.runs_as,
                second_factor: link.second_factor,
            });
        }
        self.services(estate, public);
        estate.data.iter().map(|data| data.out_of_reach).collect()
    }

    fn link_end(&self, from: &Ref<kind::LinkEnd>) -> Option<LinkEnd> {
        let names = &self.names;
        if from.text == "internet" {
            return Some(LinkEnd::Internet);
        }
        let found = (names.find(from).map(LinkEnd::Vendor))
            .or_else(|| names.find(from).map(LinkEnd::Segment))
            .or_else(|| names.find(from).map(LinkEnd::Group))
            .or_else(|| names.find(from).map(LinkEnd::Asset));
        if found.is_none() {
            self.problem(from.at, names.unknown(&[IdKind::Vendor, IdKind::Segment, IdKind::Asset, IdKind::Group], from));
        }
        found
    }

    fn services(&self, estate: &written::Estate, public: &mut Public) {
        for service in &estate.services {
            let rests_on = service.rests_on.iter().filter_map(|thing| self.rests_on(thing)).collect();
            public.services.push(Service {
                id: service.id.text.clone(),
                text: self.text(&service.text),
                rests_on,
                one_segment: None,
                own_segments: Vec::new(),
                rto: service.rto.value,
                cost_an_hour_minor_units: service.cost_an_hour.as_ref().map_or(0, |cost| cost.minor_units),
                people_an_hour: service.people_an_hour,
                criticality: service.criticality.as_ref().map_or(3, |criticality| criticality.value),
                workaround: service.workaround.as_ref().map(|workaround| Workaround {
                    text: self.text(&workaround.text),
                    level_percent: workaround.level_percent.value,
                    holds: workaround.holds.value,
                    takes: workaround.takes.unwrap_or_default(),
                }),
            });
        }
        for (place, login) in estate.logins.iter().enumerate() {
            for service in self.list::<_, ServiceId>(&login.needed_by) {
                let rests_on = &mut public.services[service.index()].rests_on;
                if !rests_on.iter().any(|on| matches!(on, RestsOn::Login(known) if known.index() == place)) {
                    rests_on.push(RestsOn::Login(LoginId::at(place)));
                }
            }
        }
        let places: Vec<Place> = estate.services.iter().map(|service| service.id.at).collect();
        self.refuse_circles(public, &places);
        let one_segment: Vec<_> = (0..public.services.len()).map(|place| one_segment(public, ServiceId::at(place))).collect();
        let own: Vec<_> = public.services.iter().map(|service| own_segments(public, service)).collect();
        for ((service, segment), own) in public.services.iter_mut().zip(one_segment).zip(own) {
            (service.one_segment, service.own_segments) = (segment, own);
        }
    }

    fn rests_on(&self, thing: &Ref<kind::RestsOn>) -> Option<RestsOn> {
        let names = &self.names;
        if thing.text == "internet" {
            return Some(RestsOn::Internet);
        }
        if names.scope(thing).is_some() {
            return Some(RestsOn::Assets(self.machines(std::slice::from_ref(thing))));
        }
        let found = (names.find(thing).map(RestsOn::Data))
            .or_else(|| names.find(thing).map(RestsOn::Link))
            .or_else(|| names.find(thing).map(RestsOn::Service))
            .or_else(|| names.find(thing).map(RestsOn::Login));
        if found.is_none() {
            let kinds = [IdKind::Asset, IdKind::Group, IdKind::Data, IdKind::Link, IdKind::Service, IdKind::Login];
            self.problem(thing.at, names.unknown(&kinds, thing));
        }
        found
    }

    /// A service that rests on itself could never come back.
    fn refuse_circles(&self, public: &Public, places: &[Place]) {
        for (place, service) in public.services.iter().enumerate() {
            if below(public, ServiceId::at(place)).contains(&ServiceId::at(place)) {
                let at = places.get(place).copied().unwrap_or_default();
                self.problem(at, format!("the service `{}` rests, by way of others, on itself", service.id));
            }
        }
    }

    /// The sensors.
    pub fn sensors(&self, sensors: &[written::Sensor], public: &mut Public) {
        for sensor in sensors {
            public.sensors.push(Sensor {
                id: sensor.id.text.clone(),
                text: self.text_or(sensor.text.as_deref(), &sensor.id),
                sees: sensor.sees.clone(),
                covers: self.machines(&sensor.on),
                notices_percent: sensor.notices_percent.as_ref().map(|percent| percent.value),
                after: sensor.after.as_ref().map_or(Span::ZERO, |after| after.value),
                noise_a_day: sensor.noise_a_day.as_ref().map_or(0, |noise| noise.value),
                keeps: sensor.keeps.value,
                watched: sensor.watched,
                blocks: sensor.blocks,
                held_by: sensor.held_by.as_ref().and_then(|vendor| self.id(vendor)),
                answer_takes: sensor.answer_takes.as_ref().map_or(Span::ZERO, |takes| takes.value),
            });
        }
    }

    fn text_or(&self, text: Option<&str>, otherwise: &str) -> String {
        text.map_or_else(|| otherwise.to_owned(), |text| self.text(text))
    }
}

/// All services that one rests on, itself only if it is part of a circle.
fn below(public: &Public, service: ServiceId) -> Vec<ServiceId> {
    let mut found: Vec<ServiceId> = Vec::new();
    let mut look_at = vec![service];
    while let Some(next) = look_at.pop() {
        for on in &public.services[next.index()].rests_on {
            if let RestsOn::Service(under) = on
                && !found.contains(under)
            {
                found.push(*under);
                look_at.push(*under);
            }
        }
    }
    found
}

/// The one segment that all machines of a service are in: its own, those of the data and services below it, and both ends of its links.
fn one_segment(public: &Public, service: ServiceId) -> Option<SegmentId> {
    let mut segments: Vec<SegmentId> = Vec::new();
    let mut outside = false;
    let mut add = |set: &AssetSet| {
        for asset in set.iter() {
            let segment = public.assets[asset.index()].segment;
            if !segments.contains(&segment) {
                segments.push(segment);
            }
        }
    };
    for part in below(public, service).into_iter().chain([service]) {
        for on in &public.services[part.index()].rests_on {
            match on {
                RestsOn::Assets(set) => add(set),
                RestsOn::Data(data) => add(&public.data[data.index()].hosts),
                RestsOn::Link(link) => {
                    let link = &public.links[link.index()];
                    add(&link.to);
                    match link.from {
                        LinkEnd::Internet | LinkEnd::Vendor(_) => outside = true,
                        LinkEnd::Segment(segment) => outside |= link.to.iter().any(|asset| public.assets[asset.index()].segment != segment),
                        LinkEnd::Group(group) => add(&public.groups[group.index()].assets),
                        LinkEnd::Asset(asset) => add(&[asset].into_iter().collect()),
                    }
                }
                RestsOn::Internet => outside = true,
                RestsOn::Login(_) | RestsOn::Service(_) => {}
            }
        }
    }
    match segments[..] {
        [only] if !outside => Some(only),
        _ => None,
    }
}

/// The segments of a service's own machines and data; of a service that has none, all: any way out will do.
fn own_segments(public: &Public, service: &Service) -> Vec<SegmentId> {
    let mut own: Vec<SegmentId> = Vec::new();
    for on in &service.rests_on {
        let machines = match on {
            RestsOn::Assets(machines) => machines,
            RestsOn::Data(data) => &public.data[data.index()].hosts,
            RestsOn::Link(_) | RestsOn::Login(_) | RestsOn::Service(_) | RestsOn::Internet => continue,
        };
        own.extend(machines.iter().map(|asset| public.assets[asset.index()].segment));
    }
    if own.is_empty() {
        own = (0..public.segments.len()).map(SegmentId::at).collect();
    }
    own.sort_unstable();
    own.dedup();
    own
}
