using System.Text;
using Lunatic.Runtime.HostApi.Binding;
using Lunatic.Runtime.Serialization.Bincode;
using SQLitePCL;

namespace Lunatic.Runtime.HostApi.Sqlite;

// What a statement gives: columns of the current row, and their names. Data lies in memory that the guest allocates; its length is written, its address is the result.
internal static partial class SqliteApi
{
    /// <summary>Number of columns of the statement's rows.</summary>
    [HostFunction("column_count")]
    public static int ColumnCount(ProcessContext context, long statementId) =>
        TryFind(context, statementId, out SqliteStatement? statement) ? raw.sqlite3_column_count(statement.Handle) : 0;

    /// <summary>A column's value. Traps when there is no such column.</summary>
    [HostFunction("read_column")]
    public static int ReadColumn(ProcessContext context, long statementId, int column, int lengthPointer)
    {
        if (!TryFind(context, statementId, out SqliteStatement? statement) || !HasColumn(context, statement, column))
            return 0;
        return GuestAllocation.Give(context, lengthPointer, writer => SqliteValues.Write(writer, statement.Handle, column));
    }

    /// <summary>The values of the current row; all Null before the first step.</summary>
    [HostFunction("read_row")]
    public static int ReadRow(ProcessContext context, long statementId, int lengthPointer) =>
        GiveColumns(context, statementId, lengthPointer, static (writer, statement, column) => SqliteValues.Write(writer, statement.Handle, column));

    /// <summary>The names of the columns, as a list of strings.</summary>
    [HostFunction("column_names")]
    public static int ColumnNames(ProcessContext context, long statementId, int lengthPointer) =>
        GiveColumns(context, statementId, lengthPointer, static (writer, statement, column) =>
            writer.WriteString(raw.sqlite3_column_name(statement.Handle, column).utf8_to_string()));

    /// <summary>A column's name, as plain bytes of UTF-8. Traps when there is no such column.</summary>
    [HostFunction("column_name")]
    public static int ColumnName(ProcessContext context, long statementId, int column, int lengthPointer) =>
        TryFind(context, statementId, out SqliteStatement? statement) && HasColumn(context, statement, column)
            ? GuestAllocation.Give(context, Encoding.UTF8.GetBytes(raw.sqlite3_column_name(statement.Handle, column).utf8_to_string()), lengthPointer)
            : 0;

    // a list of something of each column
    private static int GiveColumns(ProcessContext context, long statementId, int lengthPointer, Action<BincodeWriter, SqliteStatement, int> write)
    {
        if (!TryFind(context, statementId, out SqliteStatement? statement))
            return 0;
        return GuestAllocation.Give(context, lengthPointer, writer =>
        {
            int count = raw.sqlite3_column_count(statement.Handle);
            writer.BeginSequence(count);
            for (int column = 0; column < count; column++)
                write(writer, statement, column);
        });
    }

    private static bool HasColumn(ProcessContext context, SqliteStatement statement, int column)
    {
        int count = raw.sqlite3_column_count(statement.Handle);
        if ((uint)column < (uint)count)
            return true;
        context.Trap($"the statement has {count} columns, numbered from 0; there is no column {(uint)column}");
        return false;
    }
}
