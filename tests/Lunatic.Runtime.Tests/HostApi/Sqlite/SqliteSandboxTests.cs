using Lunatic.Runtime.Tests.Guests;

namespace Lunatic.Runtime.Tests.HostApi.Sqlite;

/// <summary>A guest's databases stay in its directories, its limits and its time.</summary>
[TestFixture]
[Platform("Linux")]
public sealed class SqliteSandboxTests
{
    private TemporaryFolder _outside = null!;
    private string _inside = null!;

    [SetUp]
    public void CreateFolders()
    {
        _outside = new TemporaryFolder();
        _inside = Directory.CreateDirectory(Path.Combine(_outside.Path, "inside")).FullName;
    }

    [TearDown]
    public void DeleteFolders() => _outside.Dispose();

    [Test]
    public async Task A_database_lies_in_the_directory_with_its_journals()
    {
        (ExitReason exit, long[] reports) = await SqliteGuest.RunAsync(
            $$"""(call $open {{{_inside}}/data.db}) (call $exec {create table t (a); begin; insert into t values (1)})""", _inside);
        Assert.That(exit, Is.EqualTo(ExitReason.Returned));
        Assert.That(reports, Is.EqualTo(new long[] { 0, 0 }));
        Assert.That(Directory.GetFiles(_inside).Select(Path.GetFileName), Does.Contain("data.db"));
        Assert.That(Directory.GetFiles(_outside.Path), Is.Empty);
    }

    [TestCase("/etc/passwd")]
    [TestCase("INSIDE/../escape.db")]
    [TestCase("INSIDE/missing/x.db")]
    [TestCase("INSIDE/link.db")]
    [TestCase("INSIDE/linked/escape.db")]
    [TestCase("INSIDE")]
    [TestCase("file:INSIDE/../escape.db?vfs=unix")]
    public async Task What_lies_outside_cannot_be_opened(string path)
    {
        MakeLinks();
        (ExitReason exit, long[] reports) = await SqliteGuest.RunAsync($$"""
            (call $open {{{path.Replace("INSIDE", _inside, StringComparison.Ordinal)}}})
            (call $report32 (i32.gt_u (call $error.string_size (i64.load (i32.const 8))) (i32.const 10)))
            """, _inside);
        Assert.That(exit, Is.EqualTo(ExitReason.Returned));
        Assert.That(reports, Is.EqualTo(new long[] { 1, 1 }));
        AssertNothingEscaped();
    }

    [TestCase("attach 'OUTSIDE/escape.db' as other; create table other.t (a)")]
    [TestCase("attach 'INSIDE/link.db' as other; create table other.t (a)")]
    [TestCase("attach 'file:OUTSIDE/escape.db?vfs=unix' as other; create table other.t (a)")]
    [TestCase("attach ('OUTSIDE' || '/escape.db') as other; create table other.t (a)")]
    [TestCase("create table t (a); vacuum into 'OUTSIDE/escape.db'")]
    [TestCase("pragma temp_store_directory = 'OUTSIDE'")]
    [TestCase("pragma temp_store = 1")]
    [TestCase("pragma hard_heap_limit = 1")]
    [TestCase("pragma busy_timeout = 1000000")]
    [TestCase("select load_extension('x')")]
    public async Task What_reaches_outside_is_refused(string sql)
    {
        MakeLinks();
        sql = sql.Replace("OUTSIDE", _outside.Path, StringComparison.Ordinal).Replace("INSIDE", _inside, StringComparison.Ordinal);
        (ExitReason exit, long[] reports) = await SqliteGuest.RunAsync($$"""(call $open {:memory:}) (call $exec {{{sql}}})""", _inside);
        Assert.That(exit, Is.EqualTo(ExitReason.Returned));
        Assert.That(reports[1], Is.Not.Zero);
        AssertNothingEscaped();
    }

    [Test]
    public async Task What_lies_inside_can_be_attached()
    {
        (ExitReason exit, long[] reports) = await SqliteGuest.RunAsync(
            $$"""(call $open {:memory:}) (call $exec {attach '{{_inside}}/other.db' as other; create table other.t (a); pragma journal_mode = wal})""", _inside);
        Assert.That((exit, string.Join(' ', reports)), Is.EqualTo((ExitReason.Returned, "0 0")));
        Assert.That(File.Exists(Path.Combine(_inside, "other.db")));
    }

    [Test]
    public async Task Nothing_is_mapped_that_a_guest_could_cut_short()
    {
        (ExitReason exit, long[] reports) = await SqliteGuest.RunAsync($$"""
            (call $open {{{_inside}}/data.db})
            (call $exec {pragma journal_mode = wal; pragma mmap_size = 1000000; create table t (a)})
            (call $prepare {pragma journal_mode})
            (call $step)
            (call $bytes (call $sqlite.read_column (call $statement) (i32.const 0) (i32.const 24)))
            """, _inside);
        Assert.That(exit, Is.EqualTo(ExitReason.Returned));
        Assert.That(string.Concat(reports.Skip(15).Select(letter => (char)letter)), Is.EqualTo("delete"), "shared memory is refused, so the journal stays a file");
        Assert.That(File.Exists(Path.Combine(_inside, "data.db-shm")), Is.False);
    }

    [Test]
    public async Task A_locked_database_is_an_error_code()
    {
        (ExitReason exit, long[] reports) = await SqliteGuest.RunAsync($$"""
            (call $open {{{_inside}}/data.db})
            (call $exec {create table t (a); begin exclusive})
            (call $open {{{_inside}}/data.db})
            (call $exec {insert into t values (1)})
            """, _inside);
        Assert.That(exit, Is.EqualTo(ExitReason.Returned));
        Assert.That(reports, Is.EqualTo(new long[] { 0, 0, 0, 5 }), "busy is 5");
    }

    [Test]
    public async Task A_directory_must_be_open_for_anything_but_memory()
    {
        (_, long[] reports) = await SqliteGuest.RunAsync($$"""(call $open {{{_inside}}/data.db}) (call $open {}) (call $open {:memory:})""");
        Assert.That(reports, Is.EqualTo(new long[] { 1, 0, 0 }));
    }

    [Test]
    public async Task A_database_in_memory_has_a_limit()
    {
        (ExitReason exit, long[] reports) = await GuestHost.RunAsync(
            SqliteGuest.Write("""
                (call $open {:memory:})
                (call $exec {create table t (a); with recursive n (i) as (select 1 union all select i + 1 from n) insert into t select zeroblob(10000) from n})
                """),
            new EnvironmentOptions { MaxDatabaseMemory = 4 << 20 });
        Assert.That(exit, Is.EqualTo(ExitReason.Returned));
        Assert.That(reports, Is.EqualTo(new long[] { 0, 9 }), "interrupted is 9");
    }

    [Test]
    public async Task A_query_without_end_is_interrupted_by_a_kill_and_closed()
    {
        await using var host = new GuestHost(new EnvironmentOptions { Directories = [new PreopenedDirectory(_inside)] });
        LunaticProcess process = await host.SpawnAsync(SqliteGuest.Write($$"""
            (call $open {{{_inside}}/data.db})
            (call $exec {with recursive n (i) as (select 1 union all select i + 1 from n) select count(*) from n})
            """));
        await host.WaitForReportsAsync(1);
        process.Kill();
        Assert.That(await GuestHost.WaitForEndAsync(process), Is.EqualTo(ExitReason.Killed));
        // the thread that ran the query closes the database; a new process finds it free
        LunaticProcess next = await host.SpawnAsync(SqliteGuest.Write($$"""(call $open {{{_inside}}/data.db}) (call $exec {create table t (a)})"""));
        Assert.That(await GuestHost.WaitForEndAsync(next), Is.EqualTo(ExitReason.Returned));
        Assert.That(host.Reports, Is.EqualTo(new long[] { 0, 0, 0 }));
    }

    [Test]
    public async Task Queries_without_end_leave_threads_to_other_environments_and_other_work()
    {
        await using var host = new GuestHost();
        string endless = SqliteGuest.Write("(call $open {}) (call $exec {with recursive n (i) as (select 1 union all select i + 1 from n) select count(*) from n})");
        List<LunaticProcess> greedy = [];
        for (int i = 0; i < 2 * host.Runtime.Options.MaxBlockingThreads; i++)
            greedy.Add(await host.SpawnAsync(endless));
        await host.WaitForReportsAsync(1);

        var other = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        host.Runtime.Scheduler.RunBlocking(other.SetResult);
        await other.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await using LunaticEnvironment neighbours = host.Runtime.CreateEnvironment();
        LunaticModule module = await host.CompileAsync(GuestModule.Write(SqliteGuest.Write("(call $open {}) (call $exec {create table t (a)})")));
        Assert.That(await GuestHost.WaitForEndAsync(await neighbours.SpawnAsync(module, "main")), Is.EqualTo(ExitReason.Returned));

        foreach (LunaticProcess process in greedy)
            process.Kill();
        foreach (LunaticProcess process in greedy)
            Assert.That(await GuestHost.WaitForEndAsync(process), Is.EqualTo(ExitReason.Killed));
    }

    private void MakeLinks()
    {
        File.WriteAllText(Path.Combine(_outside.Path, "target.db"), "");
        File.CreateSymbolicLink(Path.Combine(_inside, "link.db"), "../target.db");
        Directory.CreateSymbolicLink(Path.Combine(_inside, "linked"), "..");
    }

    private void AssertNothingEscaped()
    {
        Assert.That(File.Exists(Path.Combine(_outside.Path, "escape.db")), Is.False);
        Assert.That(new FileInfo(Path.Combine(_outside.Path, "target.db")).Length, Is.Zero);
    }
}
