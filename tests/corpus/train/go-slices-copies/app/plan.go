package main

// plan has four cells for each place of the hall.
type plan struct {
	cells []uint32
}

func newPlan(length, width int) *plan {
	return &plan{cells: make([]uint32, 4*length*width)}
}

func (p *plan) place(number int) {
	p.cells[number*977%len(p.cells)] = uint32(number)
}

func (p *plan) free() int {
	count := 0
	for _, cell := range p.cells {
		if cell == 0 {
			count++
		}
	}
	return count
}
