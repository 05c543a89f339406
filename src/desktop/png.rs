//! Pictures as PNG files (ISO/IEC 15948): eight bits a channel, no alpha.
//!
//! Compression is the least that suits screens: rows as differences to the row above, runs of equal bytes as one match, the fixed codes of
//! deflate (RFC 1951, section 3.2.6). That leaves a few hundred kilobytes of a full-size screen, and needs no library.

/// Writes a picture; `pixels` are red, green, blue, row by row.
pub fn png(width: u32, height: u32, pixels: &[u8]) -> Vec<u8> {
    let row = width as usize * 3;
    let mut filtered = Vec::with_capacity((row + 1) * height as usize);
    for (number, line) in pixels.chunks_exact(row.max(1)).enumerate() {
        // Filter 2: the difference to the byte above.
        filtered.push(2);
        let above = number.checked_sub(1).and_then(|above| pixels.get(above * row..(above + 1) * row));
        filtered.extend(line.iter().enumerate().map(|(place, byte)| byte.wrapping_sub(above.map_or(0, |above| above[place]))));
    }
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut head = Vec::new();
    head.extend_from_slice(&width.to_be_bytes());
    head.extend_from_slice(&height.to_be_bytes());
    head.extend_from_slice(&[8, 2, 0, 0, 0]);
    chunk(&mut file, *b"IHDR", &head);
    chunk(&mut file, *b"IDAT", &zlib(&filtered));
    chunk(&mut file, *b"IEND", &[]);
    file
}

fn chunk(file: &mut Vec<u8>, name: [u8; 4], body: &[u8]) {
    file.extend_from_slice(&(body.len() as u32).to_be_bytes());
    let from = file.len();
    file.extend_from_slice(&name);
    file.extend_from_slice(body);
    let sum = crc(&file[from..]);
    file.extend_from_slice(&sum.to_be_bytes());
}

fn crc(bytes: &[u8]) -> u32 {
    let mut sum = u32::MAX;
    for byte in bytes {
        sum ^= u32::from(*byte);
        for _ in 0..8 {
            sum = (sum >> 1) ^ (0xedb8_8320 & (0_u32.wrapping_sub(sum & 1)));
        }
    }
    !sum
}

fn adler(bytes: &[u8]) -> u32 {
    let (mut one, mut two) = (1_u32, 0_u32);
    for byte in bytes {
        one = (one + u32::from(*byte)) % 65_521;
        two = (two + one) % 65_521;
    }
    (two << 16) | one
}

struct Bits {
    bytes: Vec<u8>,
    waiting: u32,
    count: u32,
}

impl Bits {
    /// Least significant bit first.
    fn put(&mut self, value: u32, count: u32) {
        self.waiting |= value << self.count;
        self.count += count;
        while self.count >= 8 {
            self.bytes.push(self.waiting as u8);
            self.waiting >>= 8;
            self.count -= 8;
        }
    }

    /// A code: most significant bit first.
    fn code(&mut self, value: u32, count: u32) {
        self.put(value.reverse_bits() >> (32 - count), count);
    }

    fn symbol(&mut self, symbol: u32) {
        match symbol {
            0..=143 => self.code(0x30 + symbol, 8),
            144..=255 => self.code(0x190 + symbol - 144, 9),
            256..=279 => self.code(symbol - 256, 7),
            _ => self.code(0xc0 + symbol - 280, 8),
        }
    }

    /// A repetition of the byte before, 3 to 258 times.
    fn run(&mut self, length: u32) {
        const BASES: [(u32, u32, u32); 29] = [
            (257, 3, 0),
            (258, 4, 0),
            (259, 5, 0),
            (260, 6, 0),
            (261, 7, 0),
            (262, 8, 0),
            (263, 9, 0),
            (264, 10, 0),
            (265, 11, 1),
            (266, 13, 1),
            (267, 15, 1),
            (268, 17, 1),
            (269, 19, 2),
            (270, 23, 2),
            (271, 27, 2),
            (272, 31, 2),
            (273, 35, 3),
            (274, 43, 3),
            (275, 51, 3),
            (276, 59, 3),
            (277, 67, 4),
            (278, 83, 4),
            (279, 99, 4),
            (280, 115, 4),
            (281, 131, 5),
            (282, 163, 5),
            (283, 195, 5),
            (284, 227, 5),
            (285, 258, 0),
        ];
        if let Some((symbol, base, extra)) = BASES.iter().rev().find(|(_, base, _)| *base <= length) {
            self.symbol(*symbol);
            self.put(length - base, *extra);
            // Distance 1.
            self.code(0, 5);
        }
    }
}

fn zlib(bytes: &[u8]) -> Vec<u8> {
    let mut bits = Bits { bytes: vec![0x78, 0x01], waiting: 0, count: 0 };
    // One block, the last, with the fixed codes.
    bits.put(0b011, 3);
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        bits.symbol(u32::from(*byte));
        at += 1;
        let mut run = bytes[at..].iter().take_while(|next| *next == byte).count();
        while run >= 3 {
            let length = run.min(258);
            bits.run(length as u32);
            (at, run) = (at + length, run - length);
        }
    }
    bits.symbol(256);
    if bits.count > 0 {
        bits.put(0, 8 - bits.count);
    }
    bits.bytes.extend_from_slice(&adler(bytes).to_be_bytes());
    bits.bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_those_of_the_standards() {
        // The check value of CRC-32 in the catalogue of parametrised CRC algorithms, and RFC 1950's sum of a short text.
        assert_eq!(crc(b"123456789"), 0xcbf4_3926);
        assert_eq!(adler(b"Wikipedia"), 0x11e6_0398);
    }

    /// A decoder for exactly what is written above.
    fn inflate(bytes: &[u8]) -> Vec<u8> {
        let mut at = 16 + 3;
        let mut bit = || {
            let value = bytes[at / 8] >> (at % 8) & 1;
            at += 1;
            u32::from(value)
        };
        let mut out: Vec<u8> = Vec::new();
        loop {
            let mut code = (0..7).fold(0, |code, _| code << 1 | bit());
            let symbol = if code < 24 {
                code + 256
            } else {
                code = code << 1 | bit();
                match code {
                    0x30..=0xbf => code - 0x30,
                    0xc0..=0xc7 => code - 0xc0 + 280,
                    _ => (code << 1 | bit()) - 0x190 + 144,
                }
            };
            match symbol {
                256 => return out,
                ..256 => out.push(symbol as u8),
                _ => {
                    let (extra, base) = match symbol {
                        285 => (0, 258),
                        257..=264 => (0, symbol - 254),
                        _ => {
                            let extra = (symbol - 261) / 4;
                            (extra, ((4 + (symbol - 265) % 4) << extra) + 3)
                        }
                    };
                    let length = base + (0..extra).fold(0, |value, place| value | bit() << place);
                    (0..5).for_each(|_| assert_eq!(bit(), 0, "distance 1"));
                    let last = *out.last().unwrap();
                    out.extend(std::iter::repeat_n(last, length as usize));
                }
            }
        }
    }

    #[test]
    fn what_is_packed_can_be_unpacked() {
        for length in [0, 1, 2, 3, 4, 5, 10, 11, 12, 100, 257, 258, 259, 260, 261, 262, 600] {
            let mut bytes: Vec<u8> = (0..=255).collect();
            bytes.extend(std::iter::repeat_n(7, length));
            bytes.extend(std::iter::repeat_n(200, length));
            assert_eq!(inflate(&zlib(&bytes)), bytes, "runs of {length}");
        }
    }
}
