using System.Text;
using Lunatic.Runtime.Serialization.Bincode;
using SQLitePCL;

namespace Lunatic.Runtime.HostApi.Sqlite;

/// <summary>Values between SQLite and guests, in bincode: little-endian, enum indexes of 32 bits, lengths of 64 bits.</summary>
internal static class SqliteValues
{
    private const uint Null = 0;
    private const uint Blob = 1;
    private const uint Text = 2;
    private const uint Double = 3;
    private const uint Integer = 4;

    /// <summary>Writes a column of the current row.</summary>
    public static void Write(BincodeWriter writer, sqlite3_stmt statement, int column)
    {
        switch (raw.sqlite3_column_type(statement, column))
        {
            case raw.SQLITE_INTEGER:
                writer.WriteUnsigned(Integer, sizeof(uint));
                writer.WriteSigned(raw.sqlite3_column_int64(statement, column), sizeof(long));
                break;
            case raw.SQLITE_FLOAT:
                writer.WriteUnsigned(Double, sizeof(uint));
                writer.WriteDouble(raw.sqlite3_column_double(statement, column));
                break;
            case raw.SQLITE_BLOB:
                writer.WriteUnsigned(Blob, sizeof(uint));
                writer.WriteBytes(raw.sqlite3_column_blob(statement, column));
                break;
            case raw.SQLITE_TEXT:
                writer.WriteUnsigned(Text, sizeof(uint));
                writer.WriteBytes(TextOf(statement, column));
                break;
            default:
                writer.WriteUnsigned(Null, sizeof(uint));
                break;
        }
    }

    /// <summary>Binds a list of keys and values.</summary>
    /// <returns>Null, or what is wrong.</returns>
    public static string? Bind(SqliteStatement statement, ReadOnlySpan<byte> data)
    {
        var reader = new BincodeReader(data);
        ulong count = reader.UInt64();
        for (ulong position = 1; position <= count && !reader.Failed; position++)
        {
            if (!TryReadKey(ref reader, statement.Handle, position, out int index, out string? unknown))
                return unknown;
            if (!TryBind(ref reader, statement.Handle, index, out int code))
                return "the value is none of Null, Blob, Text, Double, Int, Int64";
            if (!reader.Failed && code != raw.SQLITE_OK)
                return $"parameter {index}: {statement.Connection.ErrorText(code)}";
        }
        return reader.Failed ? $"the {data.Length} bytes are no list of keys and values in bincode" : null;
    }

    // key None means the parameter at the value's place in the list
    private static bool TryReadKey(ref BincodeReader reader, sqlite3_stmt statement, ulong position, out int index, out string? unknown)
    {
        unknown = null;
        index = 0;
        switch (reader.UInt32())
        {
            case 0:
                index = (int)Math.Min(position, int.MaxValue);
                return true;
            case 1:
                index = (int)Math.Min(reader.UInt64(), int.MaxValue);
                return true;
            case 2:
                string name = Encoding.UTF8.GetString(reader.Bytes());
                foreach (string prefix in (ReadOnlySpan<string>)["", ":", "@", "$"])
                {
                    if (index == 0 && !name.Contains('\0', StringComparison.Ordinal))
                        index = raw.sqlite3_bind_parameter_index(statement, prefix + name);
                }
                unknown = reader.Failed ? "the name of a parameter is cut short" : $"the statement has no parameter named \"{name}\"";
                return index != 0;
            case uint kind:
                unknown = $"the key of a parameter is of the unknown kind {kind}";
                return false;
        }
    }

    private static bool TryBind(ref BincodeReader reader, sqlite3_stmt statement, int index, out int code)
    {
        code = raw.SQLITE_OK;
        switch (reader.UInt32())
        {
            case Null:
                code = raw.sqlite3_bind_null(statement, index);
                return true;
            case Blob:
                ReadOnlySpan<byte> blob = reader.Bytes();
                code = blob.IsEmpty ? raw.sqlite3_bind_zeroblob(statement, index, 0) : raw.sqlite3_bind_blob(statement, index, blob);
                return true;
            case Text:
                ReadOnlySpan<byte> text = reader.Bytes();
                code = text.IsEmpty ? raw.sqlite3_bind_text(statement, index, "") : raw.sqlite3_bind_text(statement, index, text);
                return true;
            case Double:
                code = raw.sqlite3_bind_double(statement, index, BitConverter.UInt64BitsToDouble(reader.UInt64()));
                return true;
            case Integer:
                code = raw.sqlite3_bind_int64(statement, index, (int)reader.UInt32());
                return true;
            case Integer + 1:
                code = raw.sqlite3_bind_int64(statement, index, (long)reader.UInt64());
                return true;
            default:
                return false;
        }
    }

    // the first call turns UTF-16 into UTF-8 in place; the text ends at a zero byte, as for the reference
    private static ReadOnlySpan<byte> TextOf(sqlite3_stmt statement, int column)
    {
        _ = raw.sqlite3_column_text(statement, column);
        ReadOnlySpan<byte> text = raw.sqlite3_column_blob(statement, column);
        int end = text.IndexOf((byte)0);
        return end < 0 ? text : text[..end];
    }
}
