//! Files of the built-in pack. The build script reads them too: they are parsed when the program is built.

macro_rules! embedded {
    ($($name:literal)*) => {
        &[$(($name, include_str!(concat!("../../", $name)))),*]
    };
}

/// The built-in pack: a table of contents. A test compares it with the folders.
pub const BUILT_IN: &[(&str, &str)] = embedded! {
    "questions/traits.toml"
    "questions/interests.toml"
    "questions/preferences.toml"
    "questions/steady-hands.toml"
    "questions/aptitudes.toml"
    "questions/conditions.toml"
    "questions/training.toml"
    "profiles/anaesthetic-technician.toml"
    "profiles/audiometrist.toml"
    "profiles/cardiac-physiologist.toml"
    "profiles/cardiac-sonographer.toml"
    "profiles/cardiac-technician.toml"
    "profiles/clinical-engineering-technician.toml"
    "profiles/clinical-exercise-physiologist.toml"
    "profiles/clinical-perfusionist.toml"
    "profiles/ct-technologist.toml"
    "profiles/dental-technician.toml"
    "profiles/dispensing-optician.toml"
    "profiles/endoscopy-technician.toml"
    "profiles/fluoroscopy-technologist.toml"
    "profiles/histology-technician.toml"
    "profiles/imaging-assistant.toml"
    "profiles/mammography-technologist.toml"
    "profiles/medical-imaging-technologist.toml"
    "profiles/medical-laboratory-scientist.toml"
    "profiles/medical-laboratory-technician.toml"
    "profiles/medical-photographer.toml"
    "profiles/medical-physicist.toml"
    "profiles/mri-technologist.toml"
    "profiles/neurophysiology-technologist.toml"
    "profiles/nuclear-medicine-technologist.toml"
    "profiles/ophthalmic-technician.toml"
    "profiles/orthotic-prosthetic-technician.toml"
    "profiles/orthotist.toml"
    "profiles/pharmacy-assistant.toml"
    "profiles/pharmacy-technician.toml"
    "profiles/phlebotomist.toml"
    "profiles/prosthetist.toml"
    "profiles/radiation-therapist.toml"
    "profiles/renal-physiologist.toml"
    "profiles/respiratory-physiologist.toml"
    "profiles/sleep-physiologist.toml"
    "profiles/sonographer.toml"
    "profiles/sterile-sciences-technician.toml"
    "profiles/theatre-assistant.toml"
    "profiles/veterinary-nurse.toml"
    "profiles/veterinary-nursing-assistant.toml"
};
