namespace Lunatic.Wasm.Scripts;

/// <summary>Executes the commands of one script, whose instances share a store.</summary>
internal sealed class WastRunner : IDisposable
{
    private readonly WastOptions _options;
    private readonly CancellationToken _cancellation;
    private readonly WasmStore _store;
    private readonly WasmLinker _linker = new();
    private readonly ScriptInstances _instances = new();

    public WastRunner(WastOptions options, CancellationToken cancellation)
    {
        _options = options;
        _cancellation = cancellation;
        _store = new WasmStore(options.Store) { SuspendAtEverySite = options.SuspendAtEverySite, TierSwitches = options.TierSwitches };
        SpecTestModule.Define(_linker, _store);
    }

    public void Dispose() => _store.Dispose();

    /// <summary>Executes a command. Nothing that a script holds makes it throw, but cancellation does.</summary>
    public WastResult Execute(ScriptCommand command)
    {
        if (command is UnsupportedCommand)
            return new WastResult(command.Line, command.Kind, WastOutcome.Skipped, "the command is not supported");
        try
        {
            Perform(command);
            return new WastResult(command.Line, command.Kind, WastOutcome.Passed, "");
        }
        catch (ScriptFailureException failure)
        {
            return Failed(failure.Message);
        }
        catch (WasmException exception)
        {
            return Failed($"{Stage(exception)}: {exception.Message}");
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // a fault of the host or an argument of the wrong type: reported with its command instead of ending the run
            return Failed($"{exception.GetType().Name}: {exception.Message}");
        }

        WastResult Failed(string message) => new(command.Line, command.Kind, WastOutcome.Failed, message);
    }

    private void Perform(ScriptCommand command)
    {
        switch (command)
        {
            case ModuleCommand module:
                Define(module);
                break;
            case InstanceCommand instance:
                _instances.AddInstance(instance.Instance, null);
                _instances.AddInstance(instance.Instance, Instantiate(_instances.Module(instance.Module)));
                break;
            case RegisterCommand register:
                _linker.Define(register.As, _instances.Instance(register.Instance));
                break;
            case ActionCommand action:
                Values(action.Action);
                break;
            case AssertReturnCommand assertion:
                CheckResults(assertion.Expected, Values(assertion.Action));
                break;
            case AssertTrapCommand assertion:
                CheckTrap(assertion);
                break;
            case AssertModuleCommand assertion:
                CheckModule(assertion);
                break;
            default:
                throw new InvalidOperationException($"no execution for {command.Kind}");
        }
    }

    private void Define(ModuleCommand command)
    {
        _instances.AddModule(command.Name, null);
        if (!command.DefinitionOnly)
            _instances.AddInstance(command.Name, null);
        WasmModule module = command.Source.Load();
        _instances.AddModule(command.Name, module);
        if (!command.DefinitionOnly)
            _instances.AddInstance(command.Name, Instantiate(module));
    }

    private WasmInstance Instantiate(WasmModule module)
    {
        WasmInstance instance = _linker.Link(module).CreateInstance(_store);
        if (instance.StartFunction is WasmFunction start && Call(start, []) is WasmTrap trap)
            throw new WasmUninstantiableException(trap.Message, trap);
        return instance;
    }

    private WasmValue[] Values(ScriptAction action)
    {
        WasmTrap? trap = Do(action, out WasmValue[] values);
        return trap is null ? values : throw new ScriptFailureException($"trapped: {trap}");
    }

    private WasmTrap? Do(ScriptAction action, out WasmValue[] values)
    {
        WasmInstance instance = _instances.Instance(action.Instance);
        values = [];
        if (action.Arguments is null)
        {
            WasmGlobal global = instance.GetGlobal(action.Export) ?? throw new ScriptFailureException($"there is no global \"{action.Export}\"");
            values = [global.Value];
            return null;
        }
        WasmFunction function = instance.GetFunction(action.Export) ?? throw new ScriptFailureException($"there is no function \"{action.Export}\"");
        WasmTrap? trap = Call(function, action.Arguments);
        if (trap is null)
            values = _store.Results;
        return trap;
    }

    /// <summary>Calls a function in slices; null when it returned, its results are then the store's.</summary>
    private WasmTrap? Call(WasmFunction function, WasmValue[] arguments)
    {
        _store.Start(function, arguments);
        while (true)
        {
            switch (_store.Resume(_options.SliceFuel))
            {
                case ExecutionStatus.Completed:
                    return null;
                case ExecutionStatus.Trapped:
                    return _store.Trap;
                case ExecutionStatus.Preempted when !_cancellation.IsCancellationRequested:
                    break;
                case ExecutionStatus.Preempted:
                    _store.Abandon();
                    throw new OperationCanceledException(_cancellation);
                case ExecutionStatus status:
                    throw new InvalidOperationException($"the guest is {status}, which nothing in a script can cause");
            }
        }
    }

    private static void CheckResults(ResultPattern[] expected, WasmValue[] actual)
    {
        bool matches = expected.Length == actual.Length && !expected.Where((pattern, i) => !pattern.Matches(actual[i])).Any();
        if (!matches)
            throw new ScriptFailureException($"expected [{string.Join(", ", (object[])expected)}], got [{string.Join(", ", actual)}]");
    }

    private void CheckTrap(AssertTrapCommand assertion)
    {
        WasmTrap trap = Do(assertion.Action, out WasmValue[] values)
            ?? throw new ScriptFailureException($"expected the trap \"{assertion.Message}\", got [{string.Join(", ", values)}]");
        CheckMessage(assertion.Message, trap.Message);
    }

    private void CheckModule(AssertModuleCommand assertion)
    {
        string actual;
        try
        {
            WasmModule module = assertion.Source.Load();
            if (assertion.Kind is AssertModuleCommand.Unlinkable or AssertModuleCommand.Uninstantiable)
                Instantiate(module);
            throw new ScriptFailureException($"the module was accepted, expected \"{assertion.Message}\"");
        }
        catch (WasmMalformedException exception) when (assertion.Kind == AssertModuleCommand.Malformed)
        {
            actual = exception.Problem;
        }
        catch (WasmInvalidException exception) when (assertion.Kind == AssertModuleCommand.Invalid)
        {
            actual = exception.Problem;
        }
        catch (WasmUnlinkableException exception) when (assertion.Kind == AssertModuleCommand.Unlinkable)
        {
            actual = exception.Problem;
        }
        catch (WasmUninstantiableException exception) when (assertion.Kind == AssertModuleCommand.Uninstantiable)
        {
            actual = exception.Message;
        }
        CheckMessage(assertion.Message, actual);
    }

    private static void CheckMessage(string expected, string actual)
    {
        if (!MessageMatching.Agree(expected, actual))
            throw new ScriptFailureException($"expected the message \"{expected}\", got \"{actual}\"");
    }

    private static string Stage(WasmException exception) => exception switch
    {
        WasmMalformedException => "malformed",
        WasmInvalidException => "invalid",
        WasmUnlinkableException => "unlinkable",
        _ => "uninstantiable",
    };
}
