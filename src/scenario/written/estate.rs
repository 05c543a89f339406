//! The organisation: assets, data, logins, links, services; and what watches them.

use serde::Deserialize;

use crate::scenario::located::Located;
use crate::scenario::reference::{self as kind, Id, Ref};
use crate::time::{ClockTime, Span};

/// What the organisation runs.
#[derive(Deserialize, Clone, Debug, Default)]
#[serde(deny_unknown_fields, default)]
pub struct Estate {
    /// Parts of the network.
    pub segments: Vec<Segment>,
    /// Machines.
    pub assets: Vec<Asset>,
    /// Named sets of machines.
    pub groups: Vec<Group>,
    /// Data stores and backups.
    pub data: Vec<Data>,
    /// Accounts an adversary may want.
    pub logins: Vec<Login>,
    /// Ways in and across that do not follow from the segments: VPNs, remote management, trusts.
    pub links: Vec<Link>,
    /// What the organisation does for people, and what it rests on.
    pub services: Vec<Service>,
}

/// A part of the network. Traffic inside it is free; across it only where `talks_to` says so, in that direction.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub struct Segment {
    /// Its id.
    pub id: Id<kind::Segment>,
    /// What people call it.
    #[serde(default)]
    pub text: Option<String>,
    /// Segments it can open connections to; `"internet"` is a way out.
    #[serde(default)]
    pub talks_to: Vec<Ref<kind::SegmentOrInternet>>,
}

/// A machine, or `count` alike.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub struct Asset {
    /// Its id. Of several alike, the id means all of them, and `id-03` the third.
    pub id: Id<kind::Asset>,
    /// What it is.
    pub kind: AssetKind,
    /// How many.
    #[serde(default)]
    pub count: Option<Located<u16>>,
    /// Its name on the network; `#` signs become the number: `"TILL-##"`.
    pub named: Located<String>,
    /// Where it is.
    pub segment: Ref<kind::Segment>,
    /// What people call it.
    #[serde(default)]
    pub text: Option<String>,
}

/// Kinds of machine.
#[derive(Deserialize, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[allow(missing_docs)]
pub enum AssetKind {
    Workstation,
    Server,
    DomainController,
    Database,
    FileServer,
    BackupServer,
    Hypervisor,
    MailServer,
    WebServer,
    MedicalDevice,
    JumpHost,
    NetworkDevice,
}

impl AssetKind {
    /// In words.
    pub fn label(self) -> &'static str {
        match self {
            AssetKind::Workstation => "workstation",
            AssetKind::Server => "server",
            AssetKind::DomainController => "domain controller",
            AssetKind::Database => "database",
            AssetKind::FileServer => "file server",
            AssetKind::BackupServer => "backup server",
            AssetKind::Hypervisor => "hypervisor",
            AssetKind::MailServer => "mail server",
            AssetKind::WebServer => "web server",
            AssetKind::MedicalDevice => "medical device",
            AssetKind::JumpHost => "jump host",
            AssetKind::NetworkDevice => "network device",
        }
    }
}

/// A named set of machines.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// Its id.
    pub id: Id<kind::Group>,
    /// What people call it.
    #[serde(default)]
    pub text: Option<String>,
    /// Assets and earlier groups.
    pub of: Vec<Ref<kind::AssetOrGroup>>,
}

/// A store of data; a backup is one that restores others.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub struct Data {
    /// Its id.
    pub id: Id<kind::Data>,
    /// What people call it.
    #[serde(default)]
    pub text: Option<String>,
    /// The asset it lies on.
    pub on: Ref<kind::AssetOrGroup>,
    /// How many records of people.
    #[serde(default)]
    pub records: Located<u32>,
    /// Whom they are about.
    #[serde(default)]
    pub about: Vec<DataSubject>,
    /// How sensitive they are.
    #[serde(default)]
    pub sensitive: Sensitivity,
    /// For a backup: what can be restored from it (assets and groups as whole machines, data as contents).
    #[serde(default)]
    pub restores: Vec<Ref<kind::Restorable>>,
    /// For a backup: how old the newest copy is at STARTEX.
    #[serde(default)]
    pub made: Option<Located<Span>>,
    /// For a backup: no login of the domain can destroy it.
    #[serde(default)]
    pub out_of_reach: bool,
}

/// Whom data is about.
#[derive(Deserialize, Clone, Copy, PartialEq, Eq, Debug)]
#[allow(missing_docs)]
pub enum DataSubject {
    Patients,
    Customers,
    Employees,
    Suppliers,
    Students,
    Citizens,
}

/// How sensitive data is (GDPR Article 9 names health among the special categories).
#[derive(Deserialize, Clone, Copy, PartialEq, Eq, Debug, Default)]
#[allow(missing_docs)]
pub enum Sensitivity {
    #[default]
    Ordinary,
    Financial,
    Health,
    Credentials,
}

/// An account that opens machines.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub struct Login {
    /// Its id.
    pub id: Id<kind::Login>,
    /// Its name on the network.
    #[serde(default)]
    pub named: Option<String>,
    /// What people call it.
    #[serde(default)]
    pub text: Option<String>,
    /// The machines it opens.
    pub opens: Vec<Ref<kind::AssetOrGroup>>,
    /// What it may do there.
    pub level: LoginLevel,
    /// The machines whose memory or disk holds it.
    #[serde(default)]
    pub lies_on: Vec<Ref<kind::AssetOrGroup>>,
    /// Services that stop while it is disabled.
    #[serde(default)]
    pub needed_by: Vec<Ref<kind::OrAll<kind::Service>>>,
}

/// What a login may do, lowest first.
#[derive(Deserialize, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[allow(missing_docs)]
pub enum LoginLevel {
    User,
    Admin,
    DomainAdmin,
}

/// A way from outside, or across, that does not follow from the segments.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// Its id.
    pub id: Id<kind::Link>,
    /// What people call it.
    #[serde(default)]
    pub text: Option<String>,
    /// Who or what is at the other end: a vendor, a segment, machines or `"internet"`.
    pub from: Ref<kind::LinkEnd>,
    /// The machines it leads to.
    pub to: Vec<Ref<kind::AssetOrGroup>>,
    /// What whoever comes through it may do there.
    pub runs_as: LoginLevel,
    /// A second factor is asked for: needs a stolen login and luck.
    #[serde(default)]
    pub second_factor: bool,
}

/// What the organisation does for people.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub struct Service {
    /// Its id.
    pub id: Id<kind::Service>,
    /// What people call it.
    pub text: Located<String>,
    /// What it needs. Of machines alike, half of them up is half a service; of different things, the least decides. `"internet"` is what it has
    /// outside: it stops while the way out of its segments is closed. Links to vendors stop with it, and mail servers do half of their work,
    /// without being told to.
    pub rests_on: Vec<Ref<kind::RestsOn>>,
    /// Recovery time objective.
    pub rto: Located<Span>,
    /// What an hour without it costs: `"EUR 9000"`.
    #[serde(default)]
    pub cost_an_hour: Option<Located<Money>>,
    /// People affected by an hour without it.
    #[serde(default)]
    pub people_an_hour: u32,
    /// What people do without it.
    #[serde(default)]
    pub workaround: Option<Workaround>,
    /// How much depends on it: 1 little, 5 lives may.
    #[serde(default)]
    pub criticality: Option<Located<u8>>,
}

/// What people do without a service, and for how long.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub struct Workaround {
    /// What it is.
    pub text: Located<String>,
    /// How much of the service it gives, in percent.
    pub level_percent: Located<u8>,
    /// How long people can keep it up, in all: standing it down saves what is left, and starting it again goes on from there.
    pub holds: Located<Span>,
    /// How long it takes to start.
    #[serde(default)]
    pub takes: Option<Span>,
}

/// An amount with its currency: `"EUR 9000"`, `"EUR 12.50"`. Held in minor units (cents).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Money {
    /// Three letters (ISO 4217).
    pub currency: String,
    /// Hundredths of it.
    pub minor_units: i64,
}

impl<'de> Deserialize<'de> for Money {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        Money::parse(&text).map_err(serde::de::Error::custom)
    }
}

impl Money {
    /// Reads `"EUR 9000"`.
    ///
    /// # Errors
    /// Says what is wrong and shows the form that is expected.
    pub fn parse(text: &str) -> Result<Money, String> {
        let wrong = || format!("`{text}` is not an amount; write three letters and a number, as in \"EUR 9000\"");
        let (currency, amount) = text.trim().split_once(' ').ok_or_else(wrong)?;
        if currency.len() != 3 || !currency.bytes().all(|b| b.is_ascii_uppercase()) {
            return Err(wrong());
        }
        let (whole, cents) = amount.split_once('.').unwrap_or((amount, "00"));
        if cents.len() != 2 || whole.is_empty() || whole.len() > 12 {
            return Err(wrong());
        }
        let whole: u32 = whole.parse().map_err(|_| wrong())?;
        let cents: u32 = cents.parse().map_err(|_| wrong())?;
        Ok(Money { currency: currency.to_owned(), minor_units: i64::from(whole) * 100 + i64::from(cents) })
    }
}

/// A tool that sees some of what happens on some machines.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub struct Sensor {
    /// Its id.
    pub id: Id<kind::Sensor>,
    /// What people call it.
    #[serde(default)]
    pub text: Option<String>,
    /// What it can see.
    pub sees: Vec<Trail>,
    /// Where.
    pub on: Vec<Ref<kind::AssetOrGroup>>,
    /// How many of the loudest traces become an alert, in percent. Quieter techniques are noticed less. Without it, a log that somebody has to read.
    #[serde(default)]
    pub notices_percent: Option<Located<u8>>,
    /// How long an alert takes to appear.
    #[serde(default)]
    pub after: Option<Located<Span>>,
    /// Alerts a day that mean nothing.
    #[serde(default)]
    pub noise_a_day: Option<Located<u16>>,
    /// How long what it saw is kept.
    pub keeps: Located<Span>,
    /// When somebody looks at its alerts.
    #[serde(default)]
    pub watched: Watched,
    /// It stops malicious programs instead of only reporting them (it notices first).
    #[serde(default)]
    pub blocks: bool,
    /// Who holds its records, if it is not us.
    #[serde(default)]
    pub held_by: Option<Ref<kind::Vendor>>,
    /// How long that takes to answer.
    #[serde(default)]
    pub answer_takes: Option<Located<Span>>,
}

/// The trails that techniques leave.
#[derive(Deserialize, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[allow(missing_docs)]
pub enum Trail {
    Process,
    Login,
    File,
    Traffic,
    RemoteJob,
    Mail,
    Directory,
    Backup,
    Configuration,
}

impl Trail {
    /// All of them, in a fixed order.
    pub const ALL: [Trail; 9] = [
        Trail::Process,
        Trail::Login,
        Trail::File,
        Trail::Traffic,
        Trail::RemoteJob,
        Trail::Mail,
        Trail::Directory,
        Trail::Backup,
        Trail::Configuration,
    ];

    /// In words.
    pub fn label(self) -> &'static str {
        match self {
            Trail::Process => "process start",
            Trail::Login => "login",
            Trail::File => "file activity",
            Trail::Traffic => "network traffic",
            Trail::RemoteJob => "remote job",
            Trail::Mail => "mail",
            Trail::Directory => "directory change",
            Trail::Backup => "backup job",
            Trail::Configuration => "configuration change",
        }
    }
}

/// When somebody looks at alerts.
#[derive(Deserialize, Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Watched {
    /// Around the clock.
    Always,
    /// Monday to Friday, 08:00 to 18:00.
    #[default]
    OfficeHours,
    /// Nobody does until told to.
    Never,
    /// Every day between two times.
    Between(ClockTime, ClockTime),
}
