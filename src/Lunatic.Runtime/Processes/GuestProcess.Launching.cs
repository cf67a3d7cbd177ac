using Lunatic.Runtime.Signals;
using Lunatic.Wasm;

namespace Lunatic.Runtime.Processes;

// How a guest process comes to run. The spawner instantiates the module. A module without start function is published and scheduled at once; one with a
// start function runs that first, as a process in no table, and is published when it is through: what fails until then fails the spawn.
internal sealed partial class GuestProcess
{
    // until the outcome is known
    private GuestLaunch? _launch;

    /// <summary>Makes a process and schedules it. The launch is over at once, unless the module has a start function.</summary>
    /// <param name="environment">Where it is to live.</param>
    /// <param name="plan">What it is made from.</param>
    /// <param name="entry">The function that it runs.</param>
    /// <param name="link">The process to be linked to it, or null.</param>
    /// <param name="linkTag">The tag under which that process hears of a failure.</param>
    /// <param name="isOver">Called, on any thread, when a launch that was not over at once is.</param>
    /// <param name="parent">The guest that spawns it; null: a C# process that runs on this thread, or none.</param>
    public static GuestLaunch Launch(
        LunaticEnvironment environment, LaunchPlan plan, GuestEntry entry, ProcessBase? link = null, long linkTag = 0, Action<GuestLaunch>? isOver = null,
        GuestProcess? parent = null)
    {
        var process = new GuestProcess(environment, environment.AllocateId(), plan, entry, (ProcessBase?)parent ?? NativeProcess.Current);
        var launch = new GuestLaunch(process, link, linkTag, isOver);
        process._launch = launch;
        if (!process.TryInstantiate())
            return launch;
        if (process._instance!.StartFunction is { } start)
        {
            process.BeginStartFunction(start);
        }
        else if (process.TryEnterMain())
        {
            process.Start();
        }
        else
        {
            process.Discard();
        }
        return launch;
    }

    private void BeginStartFunction(WasmFunction start)
    {
        if (Environment.RefusalOf(Environment.TryCountIn(this)) is { } refusal)
        {
            _launch!.Fail(refusal.Message, refusal, hadToWait: false);
            Discard();
            return;
        }
        Environment.AddStarting(this);
        Store.Start(start, []);
        Start();
    }

    private bool TryInstantiate()
    {
        try
        {
            // opens the directories, if nobody did yet
            _ = Plan.Surroundings;
            _instance = Plan.Linked.CreateInstance(Store);
            return true;
        }
        catch (Exception exception) when (exception is WasmUninstantiableException or IOException or UnauthorizedAccessException or PlatformNotSupportedException)
        {
            _launch!.Fail(exception.Message, exception, hadToWait: false);
            Discard();
            return false;
        }
        catch (Exception)
        {
            // no outcome of the launch, but nothing may stay behind
            Discard();
            throw;
        }
    }

    /// <summary>The start function is through, if there was one: publishes the process and goes over to the entry function.</summary>
    /// <returns>False: the environment has no room for the process.</returns>
    private bool TryEnterMain()
    {
        GuestLaunch launch = _launch!;
        bool hadToWait = _instance!.StartFunction is not null;
        _stage = GuestStage.Main;
        _launch = null;
        if (hadToWait)
            Environment.RemoveStarting(this);
        if (Environment.RefusalOf(Environment.TryPublish(this)) is { } refusal)
        {
            launch.Fail(refusal.Message, refusal, hadToWait);
            End(ExitReason.Faulted(refusal));
            return false;
        }
        // linked before its first instruction: the signals are applied before the end of either is told
        if (launch.Link is { } parent)
            ProcessLinks.Link(parent, this, tagForFirst: launch.LinkTag, tagForOther: Message.NoTag);
        StartEntry();
        launch.Succeed(hadToWait);
        return true;
    }

    // A wrong entry is the end of the process, not an error of the spawn: a spawner that is linked hears of it.
    private void StartEntry()
    {
        WasmFunction? function = _instance!.GetFunction(_entry.Function);
        if (_entry.Mismatch(function?.Type) is { } mismatch)
            End(ExitReason.Trapped(mismatch));
        else
            Store.Start(function!, _entry.Arguments);
    }

    // the number of a process that was published, or refused, is the environment's business already
    private void GiveBackId()
    {
        if (_stage is not GuestStage.Start)
            return;
        Environment.RemoveStarting(this);
        Environment.AbandonId(Id.LocalId);
    }

    /// <summary>Lets go of a process that was never published nor scheduled.</summary>
    private void Discard()
    {
        GiveBackId();
        Context.Release();
        Store.Dispose();
    }
}
