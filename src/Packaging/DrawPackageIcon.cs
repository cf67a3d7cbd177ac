using System;
using System.IO;
using System.IO.Compression;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>Draws the packages' icon, a crescent moon, as a PNG file. MSBuild compiles this file when it packs; it belongs to no project.</summary>
public sealed class DrawPackageIcon : Task
{
    private const int Size = 128;
    private const int BytesPerPixel = 4;

    // each pixel is the mean of this many samples a side, which makes the edges smooth
    private const int Samples = 4;

    private static readonly byte[] Night = { 0x1B, 0x1F, 0x3B };
    private static readonly byte[] Moon = { 0xF4, 0xE9, 0xC1 };

    /// <summary>The file to write.</summary>
    [Required]
    public string File { get; set; }

    public override bool Execute()
    {
        using (FileStream png = System.IO.File.Create(File))
        {
            png.Write(new byte[] { 0x89, (byte)'P', (byte)'N', (byte)'G', (byte)'\r', (byte)'\n', 0x1A, (byte)'\n' }, 0, 8);
            WriteChunk(png, "IHDR", Header());
            WriteChunk(png, "IDAT", Compress(Rows()));
            WriteChunk(png, "IEND", new byte[0]);
        }
        return true;
    }

    // size, 8 bits a channel, colours with alpha
    private static byte[] Header() => new byte[] { 0, 0, 0, Size, 0, 0, 0, Size, 8, 6, 0, 0, 0 };

    // a filter byte (none) and the pixels, row by row
    private static byte[] Rows()
    {
        const int row = 1 + Size * BytesPerPixel;
        var rows = new byte[row * Size];
        for (int y = 0; y < Size; y++)
        {
            for (int x = 0; x < Size; x++)
                DrawPixel(rows, y * row + 1 + x * BytesPerPixel, x, y);
        }
        return rows;
    }

    private static void DrawPixel(byte[] rows, int at, int x, int y)
    {
        int tile = 0, moon = 0;
        for (int sample = 0; sample < Samples * Samples; sample++)
        {
            double sampleX = x + (sample % Samples + 0.5) / Samples, sampleY = y + (sample / Samples + 0.5) / Samples;
            tile += IsTile(sampleX, sampleY) ? 1 : 0;
            moon += IsMoon(sampleX, sampleY) ? 1 : 0;
        }
        for (int channel = 0; channel < 3; channel++)
            rows[at + channel] = (byte)(Night[channel] + (Moon[channel] - Night[channel]) * moon / (Samples * Samples));
        rows[at + 3] = (byte)(255 * tile / (Samples * Samples));
    }

    // a square with round corners
    private static bool IsTile(double x, double y)
    {
        const double radius = 24;
        double dx = Math.Max(0, Math.Max(radius - x, x - (Size - radius))), dy = Math.Max(0, Math.Max(radius - y, y - (Size - radius)));
        return dx * dx + dy * dy <= radius * radius;
    }

    // a disc without another one
    private static bool IsMoon(double x, double y) => IsDisc(x, y, 60, 66, 42) && !IsDisc(x, y, 78, 52, 36);

    private static bool IsDisc(double x, double y, double centreX, double centreY, double radius) =>
        (x - centreX) * (x - centreX) + (y - centreY) * (y - centreY) <= radius * radius;

    // zlib: two bytes, deflated data, Adler-32
    private static byte[] Compress(byte[] data)
    {
        using (var compressed = new MemoryStream())
        {
            compressed.WriteByte(0x78);
            compressed.WriteByte(0xDA);
            using (var deflate = new DeflateStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
                deflate.Write(data, 0, data.Length);
            WriteNumber(compressed, Adler(data));
            return compressed.ToArray();
        }
    }

    private static uint Adler(byte[] data)
    {
        uint sum = 1, sums = 0;
        foreach (byte value in data)
        {
            sum = (sum + value) % 65521;
            sums = (sums + sum) % 65521;
        }
        return sums << 16 | sum;
    }

    private static void WriteChunk(Stream png, string name, byte[] content)
    {
        var named = new byte[4 + content.Length];
        Encoding.ASCII.GetBytes(name, 0, 4, named, 0);
        content.CopyTo(named, 4);
        WriteNumber(png, (uint)content.Length);
        png.Write(named, 0, named.Length);
        WriteNumber(png, Crc(named));
    }

    private static uint Crc(byte[] data)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in data)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc & 1) == 0 ? crc >> 1 : crc >> 1 ^ 0xEDB88320;
        }
        return ~crc;
    }

    private static void WriteNumber(Stream stream, uint value) =>
        stream.Write(new[] { (byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value }, 0, 4);
}
