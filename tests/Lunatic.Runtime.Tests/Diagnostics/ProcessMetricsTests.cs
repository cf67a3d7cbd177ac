using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text;
using Lunatic.Runtime.Diagnostics;
using Lunatic.Runtime.Supervision;

namespace Lunatic.Runtime.Tests.Diagnostics;

internal sealed class ProcessMetricsTests(SchedulerKind kind) : KernelFixture(kind)
{
    private const string Trapping = """(module (memory 1) (func (export "_start") (local i32) (loop (local.set 0 (i32.add (local.get 0) (i32.const 1))) (br_if 0 (i32.lt_u (local.get 0) (i32.const 1000)))) unreachable))""";

    [Test]
    public void Processes_are_counted_by_environment_and_reason()
    {
        using Recorder recorder = new(Runtime.Metrics.Meter);
        LunaticModule module = Run(Runtime.CompileAsync(Encoding.UTF8.GetBytes(Trapping)), "the module");

        Exit(Run(Environment.SpawnAsync(module), "the guest"));
        Exit(Environment.Spawn(static _ => Task.CompletedTask));
        Exit(Environment.Spawn(static _ => throw new InvalidOperationException("as asked")));

        string environment = $"environment={Environment.Name}";
        Assert.That(recorder.Sum("lunatic.process.spawned", environment), Is.EqualTo(3));
        Assert.That(recorder.Sum("lunatic.process.ended", environment), Is.EqualTo(3));
        Assert.That(recorder.Sum("lunatic.process.ended", "reason=Trapped"), Is.EqualTo(1));
        Assert.That(recorder.Sum("lunatic.process.ended", "reason=Faulted"), Is.EqualTo(1));
        Assert.That(recorder.Sum("lunatic.process.fuel.used", environment), Is.InRange(4_000, 10_000));
        // told after the slice, which may be after the end
        Assert.That(SpinWait.SpinUntil(() => recorder.Count("lunatic.scheduler.slice.duration", environment) >= 3, Limit), "the slices of the three processes");
    }

    [Test]
    public void Gauges_show_what_is_there()
    {
        using Recorder recorder = new(Runtime.Metrics.Meter);
        LunaticProcess waiting = Environment.Spawn(static async context => await context.ReceiveAsync(tags: [99]));
        RunBody(static context => Task.CompletedTask);
        waiting.Send(1, [1]);
        waiting.Send(2, [2]);
        recorder.Observe();

        Assert.That(recorder.Last("lunatic.process.mailbox.depth"), Is.EqualTo(2));
        Assert.That(recorder.Last("lunatic.memory.limit"), Is.EqualTo(Runtime.Options.MaxCommittedBytes));
        Assert.That(recorder.Last("lunatic.scheduler.workers.stuck"), Is.Zero);
        waiting.Kill();
        Exit(waiting);
        recorder.Observe();
        Assert.That(recorder.Last("lunatic.process.messages.undeliverable"), Is.EqualTo(2));
        RuntimeStatistics statistics = Runtime.GetStatistics();
        Assert.That((statistics.Environments, statistics.UndeliverableMessages), Is.EqualTo((1, 2L)));
    }

    [Test]
    public void Restarts_are_counted_by_supervisor()
    {
        using Recorder recorder = new(Runtime.Metrics.Meter);
        TaskCompletionSource restarted = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Supervisor supervisor = Run(
            Environment.SuperviseAsync("counted", tree => tree.AddProcess("child", static async context => await context.ReceiveAsync()).OnEvent(happened =>
            {
                if (happened.Kind is SupervisorEventKind.Restarted)
                    restarted.SetResult();
            })),
            "the supervisor");

        supervisor["child"].Current!.Kill();
        Run(restarted.Task, "the restart");

        Assert.That(recorder.Sum("lunatic.supervisor.restarts", "supervisor=counted"), Is.EqualTo(1));
    }

    [Test]
    public void Processes_and_requests_are_traced_while_somebody_listens()
    {
        ConcurrentQueue<Activity> ended = new();
        using ActivityListener listener = new()
        {
            ShouldListenTo = static source => source.Name == "Lunatic.Runtime",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = ended.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        using Activity root = new Activity("test").Start();
        LunaticProcess process = Environment.Spawn(static async context =>
        {
            Message request = await context.ReceiveAsync();
            context.Reply(request, request.Data);
            throw new InvalidOperationException("as asked");
        });

        Run(process.RequestAsync([1], Timeout.InfiniteTimeSpan), "the reply");
        Exit(process);

        Assert.That(Activity.Current, Is.SameAs(root));
        Assert.That(SpinWait.SpinUntil(() => Of("lunatic.request") is not null, Limit), "the end of the request's activity");
        Activity life = Of("lunatic.process")!;
        Assert.That((life.ParentSpanId, life.Status, life.StatusDescription), Is.EqualTo((root.SpanId, ActivityStatusCode.Error, "InvalidOperationException: as asked")));
        Assert.That((life.GetTagItem("lunatic.process.id"), life.GetTagItem("lunatic.exit.kind")), Is.EqualTo((process.Id.ToString(), "Faulted")));
        Assert.That((Of("lunatic.request")!.Kind, Of("lunatic.request")!.Status), Is.EqualTo((ActivityKind.Client, ActivityStatusCode.Unset)));

        Activity? Of(string name) => ended.FirstOrDefault(activity => activity.OperationName == name && activity.TraceId == root.TraceId);
    }

    [Test]
    public void Nobody_who_listens_means_no_allocation()
    {
        ProcessMetrics metrics = new(Runtime, new Meter("unheard"));
        var process = (Lunatic.Runtime.Processes.ProcessBase)Environment.Spawn(static _ => Task.CompletedTask);
        Exit(process);
        Measure();

        Assert.That(Measure(), Is.Zero);

        long Measure()
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            metrics.Spawned(process);
            metrics.Ended(process, ExitReason.Returned);
            metrics.Restarted(process, "none");
            Runtime.Activities.Begin(process);
            Runtime.Activities.End(process, ExitReason.Returned);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    /// <summary>Keeps what one meter measures.</summary>
    private sealed class Recorder : IDisposable
    {
        private readonly ConcurrentQueue<(string Instrument, double Value, string[] Tags)> _measured = new();
        private readonly MeterListener _listener = new();

        internal Recorder(Meter meter)
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter == meter)
                    listener.EnableMeasurementEvents(instrument);
            };
            _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Note(instrument, value, tags));
            _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, value, tags));
            _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument, value, tags));
            _listener.Start();
        }

        public void Dispose() => _listener.Dispose();

        internal void Observe() => _listener.RecordObservableInstruments();

        internal double Sum(string instrument, string tag) => Of(instrument, tag).Sum(measured => measured.Value);

        internal int Count(string instrument, string tag) => Of(instrument, tag).Count();

        internal double Last(string instrument) => _measured.Last(measured => measured.Instrument == instrument).Value;

        private IEnumerable<(string Instrument, double Value, string[] Tags)> Of(string instrument, string tag) =>
            _measured.Where(measured => measured.Instrument == instrument && measured.Tags.Contains(tag));

        private void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            string[] texts = new string[tags.Length];
            for (int i = 0; i < tags.Length; i++)
                texts[i] = $"{tags[i].Key}={tags[i].Value}";
            _measured.Enqueue((instrument.Name, value, texts));
        }
    }
}
