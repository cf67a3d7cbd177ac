using Lunatic.Runtime.Processes;
using Lunatic.Wasm;

namespace Lunatic.Runtime.Supervision;

/// <summary>A child that is a guest.</summary>
internal sealed class GuestChild(string name, LunaticModule module, GuestEntry entry, ChildOptions options) : ChildSpecification(name, ChildKind.Guest, options)
{
    internal override ChildStart Begin(SupervisorLoop loop)
    {
        LunaticEnvironment environment = EnvironmentIn(loop);
        GuestLaunch launch = GuestProcess.Launch(environment, environment.Guests.RootPlan(module), entry, isOver: _ => loop.Wake());
        if (Options.RegisterAs is { } registered && launch.Error is null)
            environment.Register(registered, launch.Process);
        return new Launched(launch);
    }

    internal override void RequestStop(ChildStatus child)
    {
        if (Options.StopMessage is not { } create || !child.Process!.Send(create()))
            child.Process!.Kill();
    }

    private sealed class Launched(GuestLaunch launch) : ChildStart(launch.Process)
    {
        internal override bool IsOver => launch.IsOver;

        internal override Exception? Error => launch.Error is { } error ? launch.Cause ?? new WasmUninstantiableException(error) : null;
    }
}
