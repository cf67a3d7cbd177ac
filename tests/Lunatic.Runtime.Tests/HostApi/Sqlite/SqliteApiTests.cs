namespace Lunatic.Runtime.Tests.HostApi.Sqlite;

/// <summary>Each function of <c>lunatic::sqlite</c>, with a database in memory.</summary>
[TestFixture]
public sealed class SqliteApiTests
{
    private const string Start = "(call $open {:memory:})";

    [Test]
    public async Task Statements_run_and_rows_are_counted()
    {
        long[] reports = await RunAsync("""
            (call $exec {create table t (a unique); insert into t values (1), (2), (3)})
            (call $report32 (call $sqlite.sqlite3_changes (i64.load (i32.const 8))))
            (call $exec {insert into t values (1)})
            (call $exec {nonsense})
            """);
        Assert.That(reports, Is.EqualTo(new long[] { 0, 0, 3, 19, 1 }), "a constraint is 19, wrong SQL 1");
    }

    [Test]
    public async Task Rows_are_stepped_through_and_read()
    {
        long[] reports = await RunAsync("""
            (call $prepare {select 7, 1.5, 'hé', x'00ff', null})
            (call $report32 (call $sqlite.column_count (call $statement)))
            (call $step)
            (call $bytes (call $sqlite.read_column (call $statement) (i32.const 0) (i32.const 24)))
            (call $bytes (call $sqlite.read_column (call $statement) (i32.const 2) (i32.const 24)))
            (call $step)
            (call $sqlite.sqlite3_finalize (call $statement))
            """);
        Assert.That(reports, Is.EqualTo(new long[]
        {
            0, 5, 100,
            4, 0, 0, 0, 7, 0, 0, 0, 0, 0, 0, 0,
            2, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 'h', 0xc3, 0xa9,
            101,
        }));
    }

    [Test]
    public async Task A_whole_row_is_read_at_once()
    {
        long[] reports = await RunAsync("""
            (call $prepare {select 1.5, x'0102', null, 'a' || char(0) || 'b'})
            (call $step)
            (call $bytes (call $sqlite.read_row (call $statement) (i32.const 24)))
            """);
        Assert.That(reports, Is.EqualTo(new long[]
        {
            0, 100,
            4, 0, 0, 0, 0, 0, 0, 0,
            3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xf8, 0x3f,
            1, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 1, 2,
            0, 0, 0, 0,
            2, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 'a',
        }), "text ends at a zero byte");
    }

    [Test]
    public async Task Columns_have_names_and_are_null_before_the_first_step()
    {
        long[] reports = await RunAsync("""
            (call $prepare {select 1 as one, 2 as two})
            (call $bytes (call $sqlite.column_name (call $statement) (i32.const 1) (i32.const 24)))
            (call $bytes (call $sqlite.read_column (call $statement) (i32.const 1) (i32.const 24)))
            (call $bytes (call $sqlite.column_names (call $statement) (i32.const 24)))
            """);
        Assert.That(reports, Is.EqualTo(new long[]
        {
            0, 't', 'w', 'o', 0, 0, 0, 0,
            2, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 'o', 'n', 'e', 3, 0, 0, 0, 0, 0, 0, 0, 't', 'w', 'o',
        }));
    }

    // one value of type Int (4), 9, under a key
    [TestCase(@"\01\00\00\00\02\00\00\00\00\00\00\00", 2, TestName = "A_value_is_bound_by_number")]
    [TestCase(@"\02\00\00\00\01\00\00\00\00\00\00\00b", 2, TestName = "A_value_is_bound_by_name")]
    [TestCase(@"\02\00\00\00\02\00\00\00\00\00\00\00:b", 2, TestName = "A_value_is_bound_by_name_with_colon")]
    [TestCase(@"\00\00\00\00", 1, TestName = "A_value_without_key_goes_by_its_place")]
    public async Task A_value_is_bound(string key, int parameter)
    {
        string data = $@"\01\00\00\00\00\00\00\00{key}\04\00\00\00\09\00\00\00";
        int length = data.Split('\\', StringSplitOptions.RemoveEmptyEntries).Sum(part => part.Length - 1);
        (ExitReason exit, long[] reports) = await Guests.GuestHost.RunAsync($"""
            (data (i32.const 512) "{data}")
            {SqliteGuest.Write($$"""
                {{Start}}
                (call $prepare {select :a, :b})
                (call $sqlite.bind_value (call $statement) (i32.const 512) (i32.const {{length}}))
                (call $step)
                (call $bytes (call $sqlite.read_column (call $statement) (i32.const {{parameter - 1}}) (i32.const 24)))
                (call $sqlite.statement_reset (call $statement))
                (call $step)
                (call $bytes (call $sqlite.read_column (call $statement) (i32.const {{2 - parameter}}) (i32.const 24)))
                """)}
            """);
        Assert.That(exit, Is.EqualTo(ExitReason.Returned));
        Assert.That(reports, Is.EqualTo(new long[] { 0, 100, 4, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0, 100, 0, 0, 0, 0 }), "what is bound stays after a reset; the other parameter is null");
    }

    [Test]
    public async Task The_latest_error_is_told()
    {
        long[] reports = await RunAsync("""
            (call $exec {select * from nowhere})
            (call $bytes (call $sqlite.last_error (i64.load (i32.const 8)) (i32.const 24)))
            """);
        Assert.That(reports.Take(8), Is.EqualTo(new long[] { 0, 1, 1, 1, 0, 0, 0, 1 }));
        Assert.That(string.Concat(reports.Skip(16).Select(letter => (char)letter)), Is.EqualTo("no such table: nowhere"));
    }

    [TestCase("(drop (call $sqlite.execute (i64.const 7) {x}))", "sqlite::execute: there is no database connection with id 7")]
    [TestCase("(drop (call $sqlite.sqlite3_changes (i64.const 1)))", "no database connection with id 1")]
    [TestCase("(drop (call $sqlite.last_error (i64.const 0) (i32.const 24)))", "there is no error")]
    [TestCase("(drop (call $sqlite.query_prepare (i64.const 0) {select * from nowhere}))", "sqlite::query_prepare: no such table: nowhere (SQLite's code 1)")]
    [TestCase("(drop (call $sqlite.query_prepare (i64.const 0) {-- nothing}))", "there is no statement in the text")]
    [TestCase("(drop (call $sqlite.sqlite3_step (i64.const 3)))", "no statement with id 3")]
    [TestCase("(call $sqlite.sqlite3_finalize (i64.const 3))", "no statement with id 3")]
    [TestCase("(call $sqlite.statement_reset (i64.const 3))", "no statement with id 3")]
    [TestCase("(call $sqlite.bind_value (i64.const 3) (i32.const 0) (i32.const 0))", "no statement with id 3")]
    [TestCase("(drop (call $sqlite.column_count (i64.const 3)))", "no statement with id 3")]
    [TestCase("(drop (call $sqlite.column_names (i64.const 3) (i32.const 24)))", "no statement with id 3")]
    [TestCase("(drop (call $sqlite.read_row (i64.const 3) (i32.const 24)))", "no statement with id 3")]
    [TestCase("(call $prepare {select 1}) (drop (call $sqlite.read_column (call $statement) (i32.const 1) (i32.const 24)))", "has 1 columns")]
    [TestCase("(call $prepare {select 1}) (drop (call $sqlite.column_name (call $statement) (i32.const -1) (i32.const 24)))", "no column 4294967295")]
    [TestCase("(call $prepare {select 1}) (drop (call $sqlite.read_row (call $statement) (i32.const -2)))", "lies outside the memory")]
    [TestCase("(call $prepare {select ?}) (call $sqlite.bind_value (call $statement) {abc})", "are no list of keys and values")]
    [TestCase("(call $prepare {select abs(-9223372036854775807 - 1)}) (call $step)", "sqlite3_step: integer overflow (SQLite's code 1)")]
    [TestCase("(drop (call $sqlite.open {x} (i32.const -2)))", "lies outside the memory")]
    [TestCase("(drop (call $sqlite.execute (i64.const 0) (i32.const 0) (i32.const -1)))", "lies outside the memory")]
    public async Task A_mistake_traps_and_is_named(string mistake, string message)
    {
        (ExitReason exit, _) = await SqliteGuest.RunAsync(Start + mistake);
        Assert.That(exit.Kind, Is.EqualTo(ExitKind.Trapped), exit.ToString());
        Assert.That(exit.Message, Does.Contain(message));
    }

    [Test]
    public async Task Results_need_an_allocator()
    {
        (ExitReason exit, _) = await Guests.GuestHost.RunAsync("""
            (func (export "main")
              (drop (call $sqlite.open (i32.const 0) (i32.const 0) (i32.const 8)))
              (i32.store (i32.const 32) (i32.const 0x656c6573)) (i32.store (i32.const 36) (i32.const 0x31207463))
              (i64.store (i32.const 16) (call $sqlite.query_prepare (i64.const 0) (i32.const 32) (i32.const 8)))
              (drop (call $sqlite.read_row (i64.load (i32.const 16)) (i32.const 24))))
            """);
        Assert.That(exit.Message, Does.Contain("exports no function \"lunatic_alloc\""));
    }

    private static async Task<long[]> RunAsync(string main)
    {
        (ExitReason exit, long[] reports) = await SqliteGuest.RunAsync(Start + main);
        Assert.That(exit, Is.EqualTo(ExitReason.Returned));
        return reports;
    }
}
